# One image for every process of Plaza. Node runs the TypeScript of the services as it is; the browser client is built. What the stages may copy is told by .dockerignore.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /plaza
COPY package.json package-lock.json .npmrc ./
# The Node of the base image serves; the one among the packages is for machines whose own is older.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/node-linux-*

FROM node:24.21.0-bookworm-slim AS client
WORKDIR /plaza
COPY package.json package-lock.json .npmrc tsconfig.json ./
RUN npm ci --ignore-scripts
COPY contracts/api contracts/api
# The client counts characters by the rules of the server.
COPY policies policies
COPY apps/web apps/web
RUN node apps/web/build.ts

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production PLAZA_DATA=/data PLAZA_HOST=0.0.0.0
WORKDIR /plaza
COPY --from=packages /plaza/node_modules node_modules
COPY --from=client /plaza/apps/web/dist apps/web/dist
COPY LICENSE package.json ./
COPY apps/plaza apps/plaza
COPY contracts contracts
COPY platform platform
COPY policies policies
COPY ports ports
COPY services services
# The folder of data belongs to whom Plaza runs as; the program belongs to root, and cannot be changed by it.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000 3100
# Whether it answers at all. Whether it wants requests is asked by whoever sends them.
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9464/livez').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node"]
# Everything in one process. One service alone: apps/plaza/operator/main.ts service post
CMD ["apps/plaza/main.ts"]
