import type { Translation } from '../catalogue.ts';
import type { shortcuts as english } from '../en/shortcuts.ts';

export const shortcuts: Translation<typeof english> = {
  'shortcuts.title': 'Tastenkürzel',
  'shortcuts.off': 'Einzelne Tasten kannst du in den Einstellungen unter „Darstellung“ abschalten.',
  'shortcuts.posts': 'In einer Liste von Beiträgen',
  'shortcuts.places': 'Woandershin',
  'shortcuts.next': 'Nächster Beitrag',
  'shortcuts.previous': 'Voriger Beitrag',
  'shortcuts.open': 'Beitrag öffnen',
  'shortcuts.like': 'Liken oder Like zurücknehmen',
  'shortcuts.repost': 'Teilen oder nicht mehr teilen',
  'shortcuts.reply': 'Antworten',
  'shortcuts.bookmark': 'Lesezeichen setzen oder entfernen',
  'shortcuts.unfold': 'Anzeigen oder verbergen, was hinter einer Warnung steht',
  'shortcuts.compose': 'Beitrag schreiben',
  'shortcuts.search': 'Suchen',
  'shortcuts.home': 'Start',
  'shortcuts.local': 'Lokal',
  'shortcuts.profile': 'Dein Profil',
  'shortcuts.settings': 'Einstellungen',
  'shortcuts.back': 'Zurück',
  'shortcuts.help': 'Diese Liste',
  'shortcuts.or': 'oder',
  'shortcuts.then': 'dann',
};
