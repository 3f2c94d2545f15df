"""Bulk: any number of reports into a Parquet dataset, on one machine or many, and questions to it in SQL."""
