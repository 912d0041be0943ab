/** Services that other services call. Each can be a process of its own. */
export const CALLED_SERVICES = ['authentication', 'user', 'post', 'feed'] as const;

/** Everything that `plaza service <name>` starts. Nobody calls the gateway but people. */
export const SERVICE_NAMES = [...CALLED_SERVICES, 'gateway'] as const;

export type CalledService = (typeof CALLED_SERVICES)[number];
export type ServiceName = (typeof SERVICE_NAMES)[number];
