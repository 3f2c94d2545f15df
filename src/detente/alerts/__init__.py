"""Alerts: surprises and answered promises that are new, and where they are sent."""
