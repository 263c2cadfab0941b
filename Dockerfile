# One image for the API and the workers. Base images and packages come by name; the Python
# packages, and what installs them, come by hash from requirements*.lock.
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements-uv.lock requirements.lock ./
RUN python -m venv /opt/uv \
    && /opt/uv/bin/pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
    && python -m venv --without-pip /opt/licklab
RUN /opt/uv/bin/uv pip sync --no-cache --require-hashes --python /opt/licklab/bin/python requirements.lock
COPY pyproject.toml README.md LICENSE requirements-dev.lock ./
COPY src ./src
# The build backend comes by hash too, and stays in this stage.
RUN /opt/uv/bin/uv build --no-cache --wheel --require-hashes --build-constraints requirements-dev.lock \
    && /opt/uv/bin/uv pip install --no-cache --no-deps --python /opt/licklab/bin/python dist/*.whl

FROM python:3.12-slim
# Numeric, so that an orchestrator can see that it is not root.
RUN groupadd --gid 10001 licklab \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /app licklab \
    && install -d -o licklab -g licklab /app /app/data
COPY --from=build /opt/licklab /opt/licklab
# The search is compiled once for all containers that share the data, not at each of their starts.
ENV PATH=/opt/licklab/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/app/data \
    NUMBA_CACHE_DIR=/app/data/.numba \
    HOST=0.0.0.0
WORKDIR /app
USER 10001:10001
EXPOSE 8000
CMD ["licklab", "serve", "--workers", "0"]
