/** Settings of every node: small, durable, on loopback only. Ports are given when a node is started, because a replica has a copy of this file. */
export const SETTINGS = `listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 48MB
fsync = on
synchronous_commit = on
wal_level = replica
max_wal_senders = 8
max_replication_slots = 8
# A replica that is away for longer has to be made anew, instead of filling the disk of the primary.
max_slot_wal_keep_size = 1GB
max_wal_size = 256MB
hot_standby = on
wal_receiver_status_interval = 1s
wal_retrieve_retry_interval = 500ms
# A standby that died leaves its connection behind for this long.
wal_sender_timeout = 10s
wal_receiver_timeout = 10s
random_page_cost = 1.1
password_encryption = scram-sha-256
ssl = on
ssl_cert_file = 'server.crt'
ssl_key_file = 'server.key'
ssl_ca_file = 'ca.crt'
log_min_messages = warning
log_min_error_statement = panic
`;

/** Role of the program, and one that is let in by its certificate alone. */
export const ROLE = 'plaza';
export const CERTIFICATE_ROLE = 'plaza_certificate';
export const DATABASE = 'plaza';

/** Who is let in how. The role `plaza_tls` is for trying that a server may insist on TLS. */
export const ACCESS = `hostssl all ${CERTIFICATE_ROLE} 127.0.0.1/32 cert
hostnossl all plaza_tls 127.0.0.1/32 reject
host all all 127.0.0.1/32 scram-sha-256
host replication ${ROLE} 127.0.0.1/32 scram-sha-256
`;
