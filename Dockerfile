# panelbot on a processor, as a user without rights; it writes to /data and nowhere else.
# Where an index of packages has torch without CUDA, name it: docker build --build-arg PIP_EXTRA_INDEX_URL=… .
FROM python:3.13-slim AS build
ARG PIP_EXTRA_INDEX_URL
WORKDIR /build
RUN python -m venv /opt/panelbot
COPY requirements requirements
RUN /opt/panelbot/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt \
    && /opt/panelbot/bin/pip install --no-cache-dir --require-hashes --no-deps --no-build-isolation \
    -r requirements/serve.txt \
    && { /opt/panelbot/bin/pip check \
    || /opt/panelbot/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements/cuda.txt; }
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY corpus corpus
RUN /opt/panelbot/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin panelbot \
    && install --directory --owner=10001 --mode=0750 /data /data/index /data/cache
COPY --from=build /opt/panelbot /opt/panelbot
ENV PATH=/opt/panelbot/bin:/usr/local/bin:/usr/bin:/bin HOME=/data PANELBOT_CACHE=/data/cache PYTHONUNBUFFERED=1
WORKDIR /data
USER 10001
VOLUME /data
EXPOSE 7860
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:7860/healthz', timeout=4)"]
ENTRYPOINT ["panelbot"]
CMD ["serve", "--host", "0.0.0.0", "--log", "json"]
