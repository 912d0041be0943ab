import { join } from 'node:path';
import type { CassandraEngineOptions, CassandraPlace } from './cassandra-engine.ts';

export const STORAGE_PORT = 7_000;

/** The settings of one node: small, and durable before it answers. All nodes are seeds of one another, so they may start at once. */
export function cassandraYaml(
  options: CassandraEngineOptions,
  place: CassandraPlace,
  seeds: readonly string[],
): string {
  const at = (name: string) => JSON.stringify(join(place.folder, name));
  const settings = [
    'cluster_name: plaza',
    'num_tokens: 16',
    'auto_bootstrap: false',
    'partitioner: org.apache.cassandra.dht.Murmur3Partitioner',
    'endpoint_snitch: GossipingPropertyFileSnitch',
    'seed_provider:',
    '  - class_name: org.apache.cassandra.locator.SimpleSeedProvider',
    `    parameters: [{ seeds: "${seeds.join(',')}" }]`,
    `listen_address: ${place.address}`,
    `rpc_address: ${place.address}`,
    `storage_port: ${STORAGE_PORT}`,
    `native_transport_port: ${options.port}`,
    `data_file_directories: [${at('data')}]`,
    `commitlog_directory: ${at('commitlog')}`,
    `saved_caches_directory: ${at('saved_caches')}`,
    `hints_directory: ${at('hints')}`,
    `cdc_raw_directory: ${at('cdc')}`,
    // An acknowledged write is on the disk, also when every node loses power at once.
    'commitlog_sync: batch',
    'commitlog_segment_size: 8MiB',
    'commitlog_total_space: 256MiB',
    'disk_failure_policy: die',
    'commit_failure_policy: die',
    'disk_access_mode: mmap_index_only',
    'memtable_heap_space: 64MiB',
    'memtable_offheap_space: 64MiB',
    'memtable_allocation_type: heap_buffers',
    'key_cache_size: 8MiB',
    'counter_cache_size: 0MiB',
    'file_cache_enabled: false',
    'networking_cache_size: 32MiB',
    'concurrent_reads: 16',
    'concurrent_writes: 16',
    'concurrent_compactors: 1',
    'hinted_handoff_enabled: true',
    'read_request_timeout: 2500ms',
    'write_request_timeout: 2500ms',
    'auto_snapshot: false',
    'internode_compression: none',
    ...access(options),
  ];
  return `${settings.join('\n')}\n`;
}

function access({ secured }: CassandraEngineOptions): string[] {
  if (secured === undefined) return ['authenticator: AllowAllAuthenticator', 'authorizer: AllowAllAuthorizer'];
  return [
    'authenticator: PasswordAuthenticator',
    'authorizer: CassandraAuthorizer',
    'client_encryption_options:',
    '  enabled: true',
    '  optional: false',
    `  require_client_auth: ${secured.clientCertificates === true}`,
    '  ssl_context_factory:',
    '    class_name: org.apache.cassandra.security.PEMBasedSslContextFactory',
    `  keystore: ${JSON.stringify(secured.serverPem)}`,
    `  truststore: ${JSON.stringify(secured.caPem)}`,
  ];
}
