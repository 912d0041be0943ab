import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineNode } from '#engines/engine.ts';
import { freeBasePort } from '#engines/free-base-port.ts';
import { startNode, stopNode } from '#engines/node-process.ts';
import { DEFAULT_BUCKET, s3Engine } from '#engines/s3/s3-engine.ts';

export interface TestS3 {
  readonly url: string;
  readonly endpoint: string;
  readonly node: EngineNode;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  stop(): Promise<void>;
}

/** An S3 server of its own for a file of tests, on a port that nobody uses. */
export async function startTestS3(tls?: { cert: string; key: string }): Promise<TestS3> {
  const folder = mkdtempSync(join(tmpdir(), 'plaza-s3-'));
  const port = await freeBasePort(1);
  const credentials = { accessKeyId: 'plaza-tests', secretAccessKey: 'a secret/of tests+only' };
  const engine = s3Engine({
    folder,
    port,
    accessKey: credentials.accessKeyId,
    secretKey: credentials.secretAccessKey,
    ...(tls === undefined ? {} : { tls }),
  });
  const node = engine.nodes[0]!;
  const stop = async () => {
    await stopNode(node);
    rmSync(folder, { recursive: true });
  };
  try {
    await startNode(node);
    await engine.join!();
  } catch (error) {
    await stop();
    throw error;
  }
  const endpoint = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  return { url: `s3://${DEFAULT_BUCKET}?endpoint=${endpoint}&region=us-east-1`, endpoint, node, credentials, stop };
}
