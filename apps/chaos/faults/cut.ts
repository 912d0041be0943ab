import { startNode, stopNode } from '#engines/node-process.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { Detour } from './detour.ts';
import type { Fault } from './fault.ts';

/** The line from one process of Plaza to a service that it calls. For the fault, it is started with an address that leads through a detour. */
export function cut(cluster: Cluster, from: string, to: string, holdMs: number): Fault {
  const setting = `PLAZA_${to.toUpperCase()}_URL`;
  let detour: Detour | undefined;
  const restart = async (settings: Readonly<Record<string, string>>) => {
    await stopNode(cluster.member(from));
    await startNode(cluster.member(from, settings));
  };
  return {
    name: `cut ${from} → ${to}`,
    holdMs,
    async prepare() {
      detour = await Detour.to(cluster.settings[setting]!);
      await restart({ [setting]: detour.address });
    },
    strike: async () => detour?.cut(),
    mend: async () => detour?.mend(),
    async tidy() {
      await restart({});
      await detour?.close();
    },
  };
}
