import type { Grammar } from './grammar.ts';

/** People who write in another language than English: their names, and what they say. */
export interface Language {
  /** ISO 639-1. */
  readonly code: string;
  readonly names: readonly (readonly [username: string, displayName: string])[];
  readonly bios: readonly string[];
  readonly grammar: Grammar;
}

export const LANGUAGES: readonly Language[] = [
  {
    code: 'de',
    names: [
      ['annegret', 'Annegret Vossen'],
      ['jonasb', 'Jonas Bärwald'],
      ['mirijam', 'Mirijam Öhler'],
      ['thilo_w', 'Thilo Wiesner'],
      ['lotte', 'Lotte Kühnel'],
    ],
    bios: [
      'Garten, Brot und schlechte Wortspiele.',
      'Lehrerin aus Überzeugung, Radfahrerin aus Trotz. 🚲',
      'Ich sammle Fahrpläne und verpasse Züge.',
    ],
    grammar: {
      post: [
        'Heute {im Garten|am See|auf dem Dach} gesessen und {nichts|fast nichts|sehr viel Nichts} getan. {Herrlich.|Sehr zu empfehlen.}',
        'Der {Bäcker|Schaffner|Nachbar} hat heute „{Na, wieder da?|Wie immer?}“ gesagt. Ich bin angekommen.',
        'Kann bitte jemand dem {November|Montag|Regen} sagen, dass {es reicht|wir es verstanden haben}?',
        'Frisch gebacken: {Zwiebelkuchen|Roggenbrot|Zimtschnecken}. {Wer kommt vorbei?|Die Küche auch.}',
        'Das schönste deutsche Wort des Tages: {Feierabend|Dämmerung|Fingerspitzengefühl|Sitzfleisch}.',
      ],
      reply: [
        'Genau so!',
        'Das kenne ich {nur zu gut|von früher}. 😄',
        'Wie schön! Wo ist das?',
        'Danke, {das rettet meinen Tag|gleich notiert}.',
      ],
    },
  },
  {
    code: 'fr',
    names: [
      ['camille_r', 'Camille Rouvier'],
      ['theodule', 'Théo Dulac'],
      ['maelys', 'Maëlys Kerbrat'],
      ['noe_b', 'Noé Bastide'],
    ],
    bios: ['Libraire le jour, lectrice la nuit.', 'Je parle aux plantes, elles ne répondent pas encore.'],
    grammar: {
      post: [
        'Ce matin, {le marché sentait|la rue sentait} {la menthe|le pain chaud|la pluie}. {Rien à ajouter.|Voilà, c\u2019est tout.}',
        'J\u2019ai {perdu|retrouvé|rangé} {mes lunettes|mes clés|la recette de ma tante}. Journée {historique|bien remplie}.',
        'Le train a {douze|vingt} minutes de retard, et j\u2019ai {fini mon livre|appris à tricoter|rencontré un chien charmant}.',
        'Question grave : {pain au chocolat ou chocolatine|thé ou tisane|mer ou montagne} ?',
      ],
      reply: [
        'Magnifique !',
        'Tellement vrai. {😂|}',
        'Oh, {j\u2019adore|quelle belle idée} !',
        'Merci, {tu m\u2019as fait rire|c\u2019est gentil}.',
      ],
    },
  },
  {
    code: 'es',
    names: [
      ['lucia_v', 'Lucía Valdés'],
      ['ignacio', 'Nacho Ferrer'],
      ['xime', 'Ximena Ordóñez'],
      ['pau_m', 'Pau Montcada'],
    ],
    bios: ['Bicicleta, mate y mapas viejos.', 'Cocino para diez, vivo con dos gatos. 🐈'],
    grammar: {
      post: [
        'Hoy {llovió|salió el sol|hizo viento} y {bailamos igual|las plantas lo agradecen|nadie llevaba paraguas}.',
        'Mi {abuela|vecina|gata} dice que {la tortilla va sin prisa|todo se arregla con sopa|mañana es otro día}. Y tiene razón.',
        'Terminé {la novela|el puzle|la bufanda}. ¿Y ahora {qué hago|quién soy}?',
        'Se busca {compañía|excusa|música} para {un paseo largo|una tarde de lluvia|ordenar el trastero}.',
      ],
      reply: [
        '¡Qué maravilla!',
        'Jajaja, {tal cual|me pasa igual}.',
        '¿Dónde es eso? {Precioso.|}',
        'Gracias, {me lo apunto|un abrazo}.',
      ],
    },
  },
  {
    code: 'pt',
    names: [
      ['joaninha', 'Joana Teles'],
      ['rui_mar', 'Rui Marinho'],
      ['tainara', 'Tainá Rocha'],
    ],
    bios: ['Mar, café e fotografia.', 'Bibliotecária. Falo baixo, leio muito.'],
    grammar: {
      post: [
        'Café {na varanda|à janela|com vista para nada} e {o rádio baixinho|um livro velho|o gato ao lado}. {Que paz.|Nada mais.}',
        'O mar hoje estava {manso|zangado|da cor do vidro}. {Voltei com sal no cabelo.|Fiquei a ouvir.} 🌊',
        'Alguém tem uma boa receita de {broa|feijoada|pão de queijo}? A minha {falhou|fugiu|explodiu}.',
      ],
      reply: ['Que lindo!', 'É isso mesmo.', 'Obrigada! {Vou experimentar.|}', 'Kkkk, {adorei|muito bom}.'],
    },
  },
  {
    code: 'ja',
    names: [
      ['haruka_s', '佐々木はるか'],
      ['mizuki', 'みずき'],
      ['kentarou', '健太郎🍵'],
    ],
    bios: ['散歩と写真とお茶。', '本屋で働いています。猫が二匹います。🐈'],
    grammar: {
      post: [
        '今日は{雨|快晴|くもり}。{傘を忘れました。|散歩日和です。|猫も寝ています。}',
        '{駅前のパン屋|近所の喫茶店|古本屋}で{メロンパン|珈琲|いい本}を{見つけた|楽しんだ}。{しあわせ。|また行こう。}',
        '夕焼けが{きれい|真っ赤}だった。{写真には写らない色。|明日も晴れますように。}',
        '{山|海|川沿い}を歩いてきました。{足が棒です。|空気がおいしい。}',
      ],
      reply: ['すてきですね!', 'わかります{…|。|!}', 'いいなあ、行ってみたいです。', 'ありがとうございます😊'],
    },
  },
  {
    code: 'ar',
    names: [
      ['layla_n', 'ليلى ناصر'],
      ['yusuf_h', 'يوسف الحلبي'],
      ['rima', 'ريما'],
    ],
    bios: ['أحب الكتب القديمة والقهوة الطازجة.', 'مصوّرة هاوية، أمشي كثيرًا.'],
    grammar: {
      post: [
        '{صباح الخير|مساء الخير} من {شرفة صغيرة|مقهى هادئ|محطة القطار}، ومعي {قهوة|كتاب|شاي بالنعناع}. ☕',
        'قرأت اليوم {قصة قصيرة|ديوان شعر|رسالة قديمة} و{ابتسمت طويلًا|نسيت الوقت|أعدت قراءتها مرتين}.',
        'المطر {أخيرًا|من جديد}! {رائحة التراب لا توصف.|والقط يراقب من النافذة.}',
        'من يعرف وصفة {كنافة|فطائر|شوربة عدس} {سهلة|لا تفشل}؟',
      ],
      reply: ['ما أجمل هذا!', 'صحيح تمامًا.', 'شكرًا لك 🌷', 'أين هذا المكان؟ {رائع.|}'],
    },
  },
  {
    code: 'he',
    names: [
      ['noa_l', 'נועה לביא'],
      ['itamar_g', 'איתמר גל'],
    ],
    bios: ['גינה קטנה, תה גדול.', 'מנגן, מתקן אופניים, שואל שאלות.'],
    grammar: {
      post: [
        'בוקר טוב {מהמרפסת|מהרכבת|מהגינה}, עם {קפה|ספר|חתול} ו{שמש|קצת רוח}. ☀️',
        'סיימתי {ספר|סוודר|תיקון של אופניים} ו{אני כבר מתגעגעת|עכשיו מגיע לי תה}.',
        'מישהו יודע {למה החתול בוהה בקיר|איפה אפשר לקנות נייר מכתבים}?',
      ],
      reply: ['איזה יופי!', 'בדיוק ככה.', 'תודה רבה 😊'],
    },
  },
  {
    code: 'fa',
    names: [
      ['shirin_a', 'شیرین'],
      ['babak_r', 'بابک راد'],
    ],
    bios: ['باغچه، شعر و چای.', 'عاشق کوه و قطارهای شب.'],
    grammar: {
      post: [
        'امروز {باران|آفتاب|باد} بود و {چای چسبید|کتاب خواندم|پیاده به خانه آمدم}. 🌿',
        'بوی {نان تازه|خاک خیس|بهارنارنج} بهترین {خبر|هدیه} امروز بود.',
        'کسی {کتاب خوبی|آهنگ آرامی} برای {شب‌های بلند|سفر با قطار} سراغ دارد؟',
      ],
      reply: ['چه زیبا!', 'دقیقاً همین‌طور است.', 'ممنونم 🌹'],
    },
  },
];
