/** A partition of a topic, as a key of maps: `post/3`. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
}

export function placeKey({ topic, partition }: Place): string {
  return `${topic}/${partition}`;
}

/** In the shape of most requests: each topic once, with what belongs to its partitions. */
export function byTopic<P extends { readonly topic: string }, T>(
  places: Iterable<P>,
  shape: (place: P) => T,
): { name: string; partitions: T[] }[] {
  const topics = new Map<string, T[]>();
  for (const place of places) {
    const partitions = topics.get(place.topic);
    if (partitions === undefined) topics.set(place.topic, [shape(place)]);
    else partitions.push(shape(place));
  }
  return [...topics].map(([name, partitions]) => ({ name, partitions }));
}
