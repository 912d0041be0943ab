import type { Grammar } from './grammar.ts';

/** What anybody says, whatever the topic. */
export const GENERAL: Grammar = {
  subject: ['tea', 'maps', 'dogs', 'bread', 'the weather'],
  agree: ['Yes!', 'This.', 'Exactly.', 'So true.', 'Oh, absolutely.', 'I laughed out loud at this.'],
  warm: [
    'Lovely.',
    'You made my {morning|evening|day}.',
    'That is wonderful!',
    'Made me smile. {😊|☺️|}',
    'Beautiful!',
    '🎉',
    '❤️',
    '😂',
  ],
  doubt: [
    'Hm, I am not so sure.',
    'Really? {Here|With us} it is the other way round.',
    'I used to think so too.',
    'Counterpoint: {soup|cats|a nap}.',
  ],
  reply: [
    '<agree>',
    '<warm>',
    '<agree> {My sister says the same.|I thought I was the only one.|Every single time.}',
    '<warm> {Tell us more!|How long did it take?|Where is that?}',
    '<doubt>',
    'Can I {quote you|borrow that|tell my mum}?',
    'How did you {find out|manage that|keep a straight face}?',
    'Following along with {great interest|popcorn|envy}.',
    'Next time, take me with you. {🙏|}',
    'I had this exact conversation {yesterday|with my neighbour|in a lift once}.',
  ],
  thanks: [
    'Thank you! {😊|}',
    'Ha, thanks. {It took three tries.|Beginner\u2019s luck.}',
    'You are too kind.',
    'Good question. {I will try and report.|Ask me again on Sunday.}',
    'That is a great tip, thank you.',
    'No idea, honestly. {It just happened.|Luck?}',
  ],
  chat: [
    'Good morning to everybody {here|awake}, and above all to {the night shift|the person who fixed the lift|whoever invented toast}. ☀️',
    'New here! {I was told there are nice people.|Please recommend some.|I talk about <subject> a lot.}',
    'The {postman|baker|cat} and I have {reached an agreement|run out of small talk|the same haircut now}.',
    'I need {an adult|a nap|a list} and I am afraid {it is me|I had one and lost it}.',
    'Today\u2019s small joy: {an empty tram|the last plum|a letter written by hand|socks from the radiator}.',
    'Weather report from my {window|desk|bed}: {no|grey with a chance of soup|surprisingly, yes}.',
    'If you can read this, drink {some water|your tea before it is cold}.',
    'Nobody warned me that being grown up is mostly {passwords|deciding on dinner|looking for the tape measure}.',
    'It is {Tuesday|Thursday|only Wednesday}, isn\u2019t it.',
  ],
  warning: [
    'food',
    'weather complaints',
    'spoilers, mild',
    'health, it is fine',
    'work',
    'a spider, but a small one',
    'politics, local',
    'a long sigh',
  ],
  burdened: [
    'Had to {say goodbye to|take apart} the old {boiler|sofa|car} today and was sadder than {I expected|is reasonable}.',
    'Three {hours|phone calls} with the {insurance|landlord|tax office}. I am now {made of forms|a different person}.',
    'The one above the {door|lamp} has {eight legs and a name|been here longer than us}. We {let it stay|pay it in flies}.',
    'In the last episode {the gardener did it|they all forgive each other|the dog lives}, there, I said it.',
  ],
  more: [
    'And another thing: it {works|tastes|looks} even better {the next day|upside down|with company}.',
    'Update: {it held|they noticed|I have changed my mind}.',
    'Update, {two hours|a day} later: {all good|still nothing|send help}.',
    '(I should add that {I was warned|nobody asked|it was my own idea}.)',
  ],
};

export const POLLS: readonly {
  readonly question: string;
  readonly options: readonly string[];
  readonly multiple?: boolean;
}[] = [
  { question: 'Important question. Jam or cream first?', options: ['Jam', 'Cream', 'I am from elsewhere'] },
  { question: 'How do you take your tea?', options: ['Milk', 'Lemon', 'Black', 'Coffee, please'] },
  { question: 'Best time of the day to write letters?', options: ['Before breakfast', 'Lunch', 'Late at night'] },
  { question: 'What shall we repair first?', options: ['The bench', 'The notice board', 'The tandem'] },
  {
    question: 'Which of these have you mended yourself?',
    options: ['A bicycle', 'A jumper', 'A lamp', 'A friendship'],
    multiple: true,
  },
  { question: 'You find a path that is not on the map.', options: ['Take it', 'Note it for later', 'Turn round'] },
  {
    question: 'Where do the good ideas come?',
    options: ['Shower', 'Train', 'Bed', 'At the worst moment'],
    multiple: true,
  },
  { question: 'Is a hot dog a sandwich? Sorry. We had to ask.', options: ['Yes', 'No', 'Leave me in peace'] },
  {
    question: 'Next picnic: who brings what?',
    options: ['Salad', 'Cake', 'Blankets', 'A guitar, and I am sorry'],
    multiple: true,
  },
  { question: 'Window or aisle?', options: ['Window', 'Aisle', 'The floor by the door'] },
  { question: 'How many books are you reading at once?', options: ['One', 'Two or three', 'I have stopped counting'] },
  { question: 'Should the statue get its winter hat again?', options: ['Of course', 'And a scarf'] },
];
