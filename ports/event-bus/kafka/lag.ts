import { listGroupsV5 } from '@platformatic/kafka';
import type { KafkaClient } from './client.ts';
import { committed, edges, type Positions, placesOf } from './positions.ts';

/** Events published and not yet handled, of every group in the cluster that has committed something. */
export async function lagOfGroups(client: KafkaClient): Promise<Map<string, number>> {
  const positions = await committed(client, await groupsOf(client));
  const ends = await endsOf(client, positions.values());
  const lag = new Map<string, number>();
  for (const [group, ofGroup] of positions) {
    if (ofGroup.size === 0) continue;
    let sum = 0n;
    for (const [key, next] of ofGroup) {
      const end = ends.get(key);
      if (end !== undefined && end > next) sum += end - next;
    }
    lag.set(group, Number(sum));
  }
  return lag;
}

/** The names of all groups that the brokers know. */
export async function groupsOf(client: KafkaClient): Promise<string[]> {
  const nodes = await client.nodes();
  const listed = await Promise.all(nodes.map((node) => client.ask(node, listGroupsV5.api, [], [])));
  return listed.flatMap(({ groups }) => groups.map(({ groupId }) => groupId));
}

/** Whether groups have handled and committed all that is published in these topics. */
export async function areDone(client: KafkaClient, groups: ReadonlyMap<string, ReadonlySet<string>>): Promise<boolean> {
  if (groups.size === 0) return true;
  const positions = await committed(client, [...groups.keys()]);
  // The ends are read after the positions: what is equal then was done at the moment of that reading.
  for (const [group, topics] of groups) {
    const ends = await edges(client, await placesOf(client, [...topics]), 'latest');
    for (const [key, end] of ends) if ((positions.get(group)?.get(key) ?? -1n) < end) return false;
  }
  return true;
}

async function endsOf(client: KafkaClient, positions: Iterable<Positions>): Promise<Positions> {
  const keys = new Set([...positions].flatMap((ofGroup) => [...ofGroup.keys()]));
  const places = [...keys].map((key) => {
    const slash = key.lastIndexOf('/');
    return { topic: key.slice(0, slash), partition: Number(key.slice(slash + 1)) };
  });
  return places.length === 0 ? new Map() : edges(client, places, 'latest');
}
