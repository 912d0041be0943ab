import type { Topic } from './topics.ts';

/** The other half of the topics. */
export const MORE_TOPICS: readonly Topic[] = [
  {
    liking: '{film photography|old cameras|darkrooms}',
    tags: ['filmphotography', 'believeinfilm', 'photography'],
    scenes: ['mountains', 'sea', 'city', 'forest', 'train'],
    grammar: {
      camera: [
        'an old rangefinder',
        'a plastic toy camera',
        'my grandfather\u2019s folder',
        'a pinhole made of a tea tin',
      ],
      post: [
        'Developed two rolls from <camera>. {One is all thumbs.|Nine frames I like. Nine!}',
        'The best light of the {week|year} happened while I was {in a meeting|changing film|at the dentist}.',
        'Sold a lens, bought two. {This is fine.|I do not understand money.}',
        'Darkroom note: the radio announcer now knows all my secrets.',
      ],
      picture: [
        'From <camera>. {No filter, some dust.|One frame, no second try.}',
        'Stood here until {it was dark|my tea was cold}. 📷',
        'Found this in a box marked "{maybe|2009|do not open}".',
      ],
      reply: ['The tones! What film is it?', 'There is something about <camera>. {You cannot hurry it.|It forgives.}'],
      ask: ['Push one stop or {wait for light|use a tripod}? {Indoor concert on Friday.|}'],
    },
  },
  {
    liking: '{night trains|railways|timetables}',
    tags: ['trains', 'nighttrain', 'publictransport'],
    scenes: ['train', 'mountains', 'city'],
    grammar: {
      place: ['Villach', 'Malmö', 'Brno', 'Narvik', 'Ventimiglia', 'Cluj', 'Inverness', 'Hendaye'],
      post: [
        'Woke up in <place> with {a paper cup of coffee|mountains in the window|no idea what day it is}. Night trains are {magic|time travel}.',
        '{Six|Eleven|Forty} minutes late and nobody minds: the {dining car|conductor} has {soup|stories|both}.',
        'The timetable of {1974|1958} had a through coach to <place>. We used to know how to do things.',
        'Booked it: <place>, {two changes|one change|a seat by the window}, no airport.',
      ],
      picture: [
        'Platform {3|7|11}, on time. 🚆',
        'Somewhere before <place>.',
        'The {branch|narrow-gauge} line is open again!',
      ],
      reply: [
        'Sit on the {left|right}: after <place> it follows the {river|lake|coast}.',
        'That connection is tight, but they wait. They {nearly|always} wait.',
      ],
      ask: ['Best {station buffet|view from a train} you know? I have {a week|a pass} and no plan.'],
    },
  },
  {
    liking: '{novels|second-hand bookshops|reading in the bath}',
    tags: ['books', 'bookstodon', 'reading'],
    scenes: ['cup', 'city'],
    grammar: {
      kind: [
        'a novel about a lighthouse',
        'a detective story set in a monastery',
        '600 pages on salt',
        'letters between two botanists',
        'a book of very short stories',
        'a saga with a family tree in front',
      ],
      post: [
        'Finished <kind>. {I miss everybody in it.|The last page! THE LAST PAGE.|Now what.} 📚',
        'Went to the bookshop for one {card|pen|book}. Came home with <kind> and <kind>.',
        'Reading <kind>, {slowly|again|aloud to the dog}. {No hurry.|It is better in the rain.}',
        'Library fine: {2.40|60 cents|none, they laughed and waived it}. Librarians are the best of us.',
        'Unpopular view: it is fine to stop at page {30|70|411}.',
      ],
      picture: ['Plans for the evening: <kind>, and this.', 'The chapter was long, the tea was not.'],
      reply: [
        'Adding it to the pile. The pile says hello.',
        'I cried {on the tram|in public|at the acknowledgements}. No regrets.',
      ],
      ask: ['I liked <kind>. What should I read next?', 'Do you {write in|lend|sort} your books? {Choose your side.|}'],
    },
  },
  {
    liking: '{synthesizers|making quiet music|old radios}',
    tags: ['synths', 'music', 'ambient'],
    scenes: ['tiles', 'night'],
    grammar: {
      gear: ['a tape loop', 'one oscillator', 'the old drum machine', 'a broken harmonium', 'a cassette recorder'],
      post: [
        'Made {eleven|four|seven} minutes of music with <gear>. {The neighbours are very kind.|It sounds like a fridge in love.} 🎹',
        'Rule for this week: only <gear>. {Limits are instruments.|Day two and I am humming.}',
        'Recorded {the rain|a tram|the boiler} and slowed it down {eight|forty} times. It was a choir all along.',
        'Bandcamp, Friday, {no self-control|a pot of tea|good headphones}.',
      ],
      picture: ['Cover for the new tape? {A or also A.|Feelings welcome.}', 'What the last track looks like to me.'],
      reply: ['Is that <gear>? It breathes.', 'Put it on while {cooking|sorting screws} and forgot both. Lovely.'],
      ask: ['Headphones or speakers for {mixing|late nights}? And how do you know when it is done?'],
    },
  },
  {
    liking: '{walking|long paths|hills with a hut on top}',
    tags: ['hiking', 'walking', 'outdoors'],
    scenes: ['mountains', 'forest', 'sea'],
    grammar: {
      sight: [
        'a fox',
        'an empty hut',
        'two chamois',
        'a bench with somebody\u2019s name',
        'a rainbow, both ends',
        'nobody at all',
      ],
      post: [
        '{14|19|23|31} km, {600|900|1,300} m up, met <sight>. {Socks: a mistake.|Tea: heroic.|Same again tomorrow.} 🥾',
        'The map said "path". The path said "{stream|brambles|no}".',
        'There is a kind of tired that is better than rest. {Feet up now.|Soup now.}',
        'Left at {five|six}, back before lunch, already forgot what I was cross about.',
      ],
      picture: [
        'An hour after this it {rained|snowed|was all in cloud}.',
        'Met <sight> just behind this.',
        'Worth the {blister|early alarm|wrong turn}.',
      ],
      reply: [
        'I know that place! Did you meet <sight>?',
        'Poles on the way down. My knees {thank me|write me letters}.',
      ],
      ask: ['Hut or tent in {October|May|the wind}? {I am getting soft.|}'],
    },
  },
  {
    liking: '{board games|dice|games with too many rules}',
    tags: ['boardgames', 'games'],
    scenes: ['tiles', 'cup'],
    grammar: {
      game: [
        'a game about trains',
        'a game about moss',
        'a three-hour space opera',
        'very slow chess',
        'a card game without words',
      ],
      post: [
        'Played <game>. Came {last|second, by one point|to an understanding with my sister}. 🎲',
        'The rules of <game> are {28|40} pages, and we {misread|ignored|enacted} page two.',
        'House rule: whoever explains <game> {makes the tea|may not win|goes last}.',
        'Taught <game> to {the grandparents|a table of accountants}. They {destroyed us|want a rematch}.',
      ],
      picture: [
        'Turn one. {Everybody is still friends.|So much hope.}',
        'The board of <game> is nicer than my kitchen floor.',
      ],
      reply: [
        'With {three|five} people it shines. With two it is a staring contest.',
        'We retired <game> after The Incident.',
      ],
      ask: ['A good game for {two tired people|six people and a toddler}?'],
    },
  },
  {
    liking: '{clay|ceramics|glazes}',
    tags: ['ceramics', 'pottery', 'handmade'],
    scenes: ['cup', 'tiles'],
    grammar: {
      pot: ['a teapot', 'six bowls', 'a jug with a big nose', 'one very heavy mug', 'tiles for the bathroom'],
      post: [
        'Opened the kiln: <pot>, {two survivors|one crack|not a single loss!!} {🏺|}',
        'The glaze was meant to be blue. It chose {toad|midnight|soup}. I like it.',
        'Threw <pot> and <pot>. The wheel threw {me|mud at the ceiling}.',
        'Every potter has a shelf of things that almost {worked|held water}. Mine has a waiting list.',
      ],
      picture: [
        'Out of the kiln this morning.',
        'Test tiles for the new glaze. {Second row, third from the left?|I want to eat them.}',
      ],
      reply: ['The foot ring! {So tidy.|Look at it.}', 'Cone 6? Ours {crawled|ran} at that.'],
      ask: ['How thin do you {throw|turn} a {cup|bowl}? Mine could stop a door.'],
    },
  },
  {
    liking: '{the sea|swimming in cold water|sailing small boats}',
    tags: ['sea', 'coldwater', 'sailing'],
    scenes: ['sea'],
    grammar: {
      creature: [
        'a seal',
        'three cormorants',
        'a jellyfish the size of a plate',
        'no fish',
        'a dog with a stick twice its length',
      ],
      post: [
        '{7|9|11|13} degrees, {six|ten|four} minutes, <creature> watching. {Never felt so awake.|Where are my toes.} 🌊',
        'Sanded the hull. Everything I own is now {blue|dust|slightly rounder}.',
        'Wind {north-west five|from everywhere}, so we stayed in and told lies about {waves|other boats}.',
        'You never step into the same sea twice, but you do step on the same {stone|crab|flip-flop}.',
      ],
      picture: [
        'This morning, before anyone else.',
        'Back in the harbour with <creature>.',
        'Flat as a {plate|promise}.',
      ],
      reply: ['Hat on! You lose the fun through your head.', 'Was it <creature> again? They know you by now.'],
      ask: ['Gloves in the water: {sensible|cheating}?'],
    },
  },
  {
    liking: '{community work|libraries and parks|my street}',
    tags: ['neighbourhood', 'repaircafe', 'community'],
    scenes: ['city', 'flowers', 'train'],
    grammar: {
      object: [
        'a toaster',
        'a music box',
        'somebody\u2019s favourite lamp',
        'a sewing machine from 1936',
        'a talking bear',
      ],
      post: [
        'Repair café tally: {31|24|18} things in, {22|17|13} out alive, among them <object>. {The bear says thank you.|Cake: all gone.} 🔧',
        'The {street|courtyard} party needs {chairs|a cellist|somebody with a van}. Apply here.',
        'Small news: the {library|swimming pool|corner shop} stays open. {We wrote 400 letters.|Somebody listened!}',
        'A neighbour I have nodded to for {nine|twelve} years is called {Ignatius|Rosalind|Bo}. We have now talked. It was nice.',
      ],
      picture: [
        'Our street, when it thinks that nobody looks.',
        'The {bus stop|traffic island} garden, year {two|three}.',
      ],
      reply: [
        'We could lend you {chairs|a tent|two strong teenagers}.',
        'This is how it starts. {Well done.|Bring cake next time too.}',
      ],
      ask: ['How do you get people to come {twice|at all} to a {meeting|clean-up}? We have biscuits.'],
    },
  },
];
