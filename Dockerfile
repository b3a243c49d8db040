# Every Node deployable, from the root of the repository:
#   docker build --build-arg APP=services/weather-service -t flux/weather-service:dev .
# The sources run as they are, so nothing is compiled. Plain BuildKit; no line per workspace.
ARG NODE_IMAGE=node:24-bookworm-slim
# Any image with Node 24; it needs no shell and no npm.
ARG RUNTIME_IMAGE=${NODE_IMAGE}

# What npm must know of the workspaces. This runs after every change, but what it writes changes with dependencies alone,
# and the next stage's cache goes by that.
FROM --platform=${BUILDPLATFORM} ${NODE_IMAGE} AS manifests
WORKDIR /context
COPY . .
RUN node scripts/src/images/manifests.ts /manifests

# Plain JavaScript for every platform. Times and modes are set and what names the app is left out: the same dependencies
# give the same layer, on any machine and in every image that has them.
FROM --platform=${BUILDPLATFORM} ${NODE_IMAGE} AS prod-deps
ARG APP
WORKDIR /deps
COPY --from=manifests /manifests/ ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts --no-update-notifier --loglevel=error -w "${APP}" \
 && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete \
 && rm -rf node_modules/.bin node_modules/.package-lock.json && find node_modules -maxdepth 2 -lname "../../${APP}" -delete \
 && mkdir -p /out/app && mv node_modules /out/app/ \
 && chmod -R u=rwX,go=rX /out && find /out -exec touch -hd @0 {} +

FROM manifests AS sources
ARG APP
RUN node scripts/src/images/assemble.ts "${APP}" /out/app \
 && chmod -R u=rwX,go=rX /out && find /out -exec touch -hd @0 {} +

# For development in a cluster: sources that can be written, and a restart after each change.
FROM ${NODE_IMAGE} AS dev
ARG APP
COPY --from=prod-deps /out/ /
COPY --from=manifests /context/scripts/src/images/restart.ts /context/scripts/src/images/restarter.ts /dev-tools/
COPY --from=sources --chown=65532:65532 /out/ /
ENV NODE_ENV=development NODE_COMPILE_CACHE=/tmp/node-compile-cache
WORKDIR /app/${APP}
USER 65532:65532
ENTRYPOINT []
CMD ["node", "/dev-tools/restart.ts", "src/main.ts", "src", "/app/packages"]

FROM ${RUNTIME_IMAGE} AS runtime
ARG APP
COPY --from=prod-deps /out/ /
COPY --from=sources /out/ /
# Where some images keep node.
ENV NODE_ENV=production PATH=/usr/local/bin:/usr/bin:/bin:/nodejs/bin
WORKDIR /app/${APP}
USER 65532:65532
ENTRYPOINT []
CMD ["node", "src/main.ts"]
ARG RUNTIME_IMAGE
ARG FLUX_VERSION=dev
ARG FLUX_REVISION=unknown
ARG FLUX_SOURCE=
ENV FLUX_VERSION=${FLUX_VERSION} FLUX_REVISION=${FLUX_REVISION}
LABEL org.opencontainers.image.title="flux ${APP}" \
      org.opencontainers.image.version="${FLUX_VERSION}" \
      org.opencontainers.image.revision="${FLUX_REVISION}" \
      org.opencontainers.image.source="${FLUX_SOURCE}" \
      org.opencontainers.image.base.name="${RUNTIME_IMAGE}" \
      org.opencontainers.image.licenses="MIT"
