/** The manifest of an installable client, with the name of this place in the place of what the build wrote. */
export function namedAfter(title: string, manifest: Buffer): Buffer {
  const built = JSON.parse(manifest.toString('utf8')) as Record<string, unknown>;
  return Buffer.from(JSON.stringify({ ...built, name: title, short_name: title }));
}
