import type { Translation } from '../catalogue.ts';
import type { thread as english } from '../en/thread.ts';

export const thread: Translation<typeof english> = {
  'thread.post': 'Beitrag',
  'thread.replies': 'Antworten',
  'thread.showReplies': { one: '{n} weitere Antwort anzeigen', other: '{n} weitere Antworten anzeigen' },
  'thread.showEarlier': { one: '{n} früheren Beitrag anzeigen', other: '{n} frühere Beiträge anzeigen' },
  'thread.further': { one: 'Weiter mit {n} Antwort', other: 'Weiter mit {n} Antworten' },
  'thread.edited': 'Bearbeitet am {time}',
  'thread.via': 'Mit {name}',
  'thread.likes': { one: '{n} Like', other: '{n} Likes' },
  'thread.reposts': { one: '{n}-mal geteilt', other: '{n}-mal geteilt' },
  'thread.who': 'Likes und Geteiltes',
  'thread.likedBy': 'Likes von',
  'thread.repostedBy': 'Geteilt von',
  'thread.noLikes': 'Noch hat niemand diesen Beitrag gelikt.',
  'thread.noReposts': 'Noch hat niemand diesen Beitrag geteilt.',
  'thread.empty.favourites': 'Beiträge, die du gelikt hast, findest du hier wieder.',
  'thread.empty.bookmarks':
    'Setz bei einem Beitrag ein Lesezeichen, dann findest du ihn hier wieder. Nur du siehst deine Lesezeichen.',
  'viewer.place': 'Bild {at} von {n}',
  'viewer.larger': 'Größer',
  'viewer.smaller': 'Kleiner',
  'viewer.next': 'Nächstes Bild',
  'viewer.previous': 'Voriges Bild',
};
