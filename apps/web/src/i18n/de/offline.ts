import type { Translation } from '../catalogue.ts';
import type { offline as english } from '../en/offline.ts';

export const offline: Translation<typeof english> = {
  'offline.home': 'Keine Verbindung. Zuletzt aktualisiert: {time}.',
  'offline.update': 'Es gibt eine neue Version.',
  'offline.reload': 'Neu laden',
};
