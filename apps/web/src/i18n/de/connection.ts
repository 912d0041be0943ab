import type { Translation } from '../catalogue.ts';
import type { connection as english } from '../en/connection.ts';

export const connection: Translation<typeof english> = {
  'connection.offline':
    'Keine Verbindung. Was du siehst, kann veraltet sein; sobald die Verbindung wieder da ist, geht es von selbst weiter.',
  'connection.back': 'Die Verbindung ist wieder da.',
  'connection.busy': {
    one: 'Das war viel auf einmal. In {n} Sekunde geht es weiter.',
    other: 'Das war viel auf einmal. In {n} Sekunden geht es weiter.',
  },
  'connection.signedOut':
    'Deine Sitzung ist beendet. Was du geschrieben hast, bleibt erhalten: Melde dich wieder an, um weiterzumachen.',
  'connection.slow': 'Es lädt noch. Die Antwort dauert länger als sonst.',
};
