# The bridge as a container: production dependencies only, no root, its store on a volume. `docker build --target try .` adds what the
# local org and Sellfire need, to try everything without an org.
FROM node:24-slim AS production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM node:24-slim AS try
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
USER node
CMD ["npm", "run", "demo"]

FROM node:24-slim AS bridge
# One arena: glibc gives each of Node's threads its own, of which little is ever given back.
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 MALLOC_ARENA_MAX=1
WORKDIR /app
COPY --from=production /app/node_modules node_modules
COPY package.json LICENSE ./
COPY bridge bridge
# With the flags that it is started with: they are part of what is compiled.
RUN ["node", "--max-semi-space-size=16", "--heap-growing-percent=100", "--expose-gc", "bridge/precompile.js"]
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080 8081
# Alive, not ready: a bridge whose org is away must not be restarted for it.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PROBE_PORT ?? 8081) + '/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The heap as of npm start.
ENTRYPOINT ["node", "--max-semi-space-size=16", "--heap-growing-percent=100", "--expose-gc", "bridge/main.js"]
CMD ["start"]
