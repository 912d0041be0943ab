import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Engine } from '#engines/engine.ts';
import { versitygwPath } from './build-versitygw.ts';

export interface S3EngineOptions {
  readonly folder: string;
  readonly port: number;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Made by `join`. */
  readonly bucket?: string;
  /** Paths of PEM files. With it the server speaks TLS only. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export const DEFAULT_BUCKET = 'plaza';

/** An S3 server on this machine: versitygw with a folder behind it. `buildVersitygw` has to have run before. */
export function s3Engine(options: S3EngineOptions): Engine {
  const { folder, port, accessKey, secretKey, bucket = DEFAULT_BUCKET, tls } = options;
  const nodeFolder = join(folder, 's3');
  const objects = join(nodeFolder, 'objects');
  const notes = join(nodeFolder, 'notes');
  const secured = tls === undefined ? [] : ['--cert', tls.cert, '--key', tls.key];
  return {
    name: 's3',
    nodes: [
      {
        name: 's3',
        folder: nodeFolder,
        command: versitygwPath(),
        args: [
          ...['--port', `127.0.0.1:${port}`, '--quiet', '--keep-alive', ...secured],
          // Types and tags in files beside: not every file system keeps attributes.
          ...['posix', '--sidecar', notes, objects],
        ],
        // In the environment, because arguments can be read by everybody on the machine.
        env: { ROOT_ACCESS_KEY: accessKey, ROOT_SECRET_KEY: secretKey },
        async prepare() {
          for (const path of [objects, notes]) mkdirSync(path, { recursive: true, mode: 0o700 });
        },
        answers: () => accepts(port),
      },
    ],
    async join() {
      // A bucket is a folder, and it is safe to make it while the server runs.
      mkdirSync(join(objects, bucket), { recursive: true, mode: 0o700 });
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
