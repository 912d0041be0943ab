import type { Topic } from './topics.ts';

/** Half of the topics. */
export const FIRST_TOPICS: readonly Topic[] = [
  {
    liking: '{allotment gardening|growing vegetables|gardens}',
    tags: ['gardening', 'allotment', 'growyourown'],
    scenes: ['flowers'],
    grammar: {
      plant: [
        'tomatoes',
        'beans',
        'courgettes',
        'kale',
        'sweet peas',
        'potatoes',
        'garlic',
        'pumpkins',
        'radishes',
        'chard',
      ],
      pest: ['slugs', 'pigeons', 'aphids', 'a very confident squirrel', 'next door\u2019s cat'],
      post: [
        'The <plant> are {finally|at last|somehow} {up|flowering|ready}, and only {a week|a month|three weeks} {late|early}.',
        'Score so far this {week|month}: <pest> 3, me 0. The <plant> never stood a chance. {🐌|😤|}',
        'Sowed <plant> and <plant> before the rain. {Muddy knees, good mood.|That smell of wet earth!|Worth every blister.}',
        'Every year I say I will grow fewer <plant>. Every year I {lie|forget|give bags of them to the neighbours}.',
        'Somebody left a {bag|box} of <plant> on our doorstep with no note. This is the kind of crime I support.',
      ],
      picture: [
        'What is flowering today. 🌼',
        'The bed by the wall, {this morning|after the rain|an hour ago}.',
        'Nobody told them it is {autumn|too cold|nearly winter}.',
      ],
      reply: [
        'Try {coffee grounds|copper tape|a board on the soil}: it kept <pest> off our <plant>.',
        'Ours did the same. The <plant> caught up in {two weeks|a month}, have faith.',
      ],
      ask: [
        'When do you {sow|lift|cut back} your <plant>? {Asking for a friend with cold hands.|Every book says something else.}',
      ],
    },
  },
  {
    liking: '{sourdough|baking|bread}',
    tags: ['baking', 'sourdough', 'bread'],
    scenes: ['cup'],
    grammar: {
      bake: ['rye loaf', 'focaccia', 'cinnamon rolls', 'plum cake', 'bagels', 'a seeded loaf', 'brioche', 'lemon tart'],
      post: [
        'Today: <bake>. {Slightly burnt, entirely eaten.|The crust sang when it came out.|I regret nothing.} {🍞|🥐|}',
        'My starter is called {Doughlene|Herbert|Clint Yeastwood|Bubbles} and has {more energy than me|opinions about the weather}.',
        'The secret of <bake> is {time|butter|not opening the oven door}. I have none of it.',
        'Gave a neighbour <bake>, got back {three jars of jam|a spare key|a very good gossip}. Best trade of the {week|year}.',
        '{65|70|78} % hydration was {brave|a mistake|a journey}. The dough is now {a lake|everywhere|part of the table}.',
      ],
      picture: [
        'Waiting for the <bake> to cool. {Tea helps.|Patience is not my gift.}',
        'Four in the afternoon, as it should be. ☕',
      ],
      reply: [
        'Longer and colder! {Overnight in the fridge|18 hours in the cellar} changed everything for me.',
        'Recipe, please! {I beg you.|My weekend depends on it.}',
      ],
      ask: ['What do you do with old {starter|bread|egg whites}? I have {a bucket|three jars} of it.'],
    },
  },
  {
    liking: '{bicycles|cycling to work|slow bike tours}',
    tags: ['cycling', 'biketooter', 'bikes'],
    scenes: ['mountains', 'forest', 'sea'],
    grammar: {
      part: ['chain', 'rear brake', 'left pedal', 'saddle', 'dynamo', 'bottom bracket'],
      post: [
        '{12|34|58|81|102} km today, {most|half|too much} of it against the wind. {Legs: gone. Head: clear.|Would do it again.}',
        'New <part>. The bike is {silent|a different animal|still older than my students}. 🚲',
        'Dear city: paint is not a bike lane. {Sincerely, my elbows.|Thank you for reading.}',
        'Counted {eleven|fourteen|twenty} herons on the way to work. Nobody in a car saw even one.',
        'A {child|gentleman|nun} on a cargo bike overtook me uphill today and said "{nearly there|lovely day|ding}".',
      ],
      picture: [
        'Top of the pass. {My lungs arrive in ten minutes.|Coffee now.}',
        'Stopped here for {lunch|a puncture|no reason at all}.',
      ],
      reply: [
        'Wax the chain once and you will never go back.',
        'That climb! I pushed the last {kilometre|bend|half} and am not ashamed.',
      ],
      ask: ['Panniers or a basket for {a week of camping|daily shopping}? {Wrong answers welcome.|Show me yours.}'],
    },
  },
  {
    liking: '{the night sky|telescopes|staying up for meteors}',
    tags: ['astronomy', 'stargazing', 'nightsky'],
    scenes: ['night'],
    grammar: {
      thing: [
        'Saturn',
        'the Pleiades',
        'Jupiter and three of its moons',
        'the Orion Nebula',
        'Andromeda',
        'a bright Iridium-like flash',
        'the thin old Moon',
      ],
      post: [
        'Clear for {twenty|forty} minutes last night: <thing>. {Worth the cold feet.|I squeaked.} 🔭',
        'Forecast: clear. Reality: {fog|a street lamp with ambitions|the one cloud in the country, overhead}.',
        'Showed <thing> to the {kids|people} next door. "{Is that a sticker?|That is REAL?}" Best review so far.',
        'Light left <thing> long before {I was born|anyone wrote anything down}, and it ended in my eye because I took the bins out.',
      ],
      picture: [
        'Fifteen minutes of standing still. ✨',
        'No Moon, no wind, no words.',
        'The Milky Way over the {ridge|old quarry|car park of the swimming pool}.',
      ],
      reply: [
        'What scope? I have been chasing <thing> for {weeks|years}.',
        'Cloud here, of course. Thank you for looking for all of us.',
      ],
      ask: ['First telescope for {a ten-year-old|somebody with a balcony}: what would you {buy|avoid}?'],
    },
  },
  {
    liking: '{birds|birdwatching|anything with feathers}',
    tags: ['birds', 'birdwatching', 'nature'],
    scenes: ['birds', 'forest'],
    grammar: {
      bird: [
        'goldfinch',
        'kingfisher',
        'wren',
        'jay',
        'redstart',
        'heron',
        'kestrel',
        'long-tailed tit',
        'blackcap',
        'goldcrest',
      ],
      post: [
        'A <bird> on the {fence|washing line|feeder}, for {ten whole seconds|long enough to forget the camera}. 🐦',
        'The <bird> weighs as much as {a letter|two coins|a sugar lump} and is louder than {our doorbell|my uncle}.',
        'Year list: {87|112|134}. Today\u2019s new one: <bird>. {Ran home to write it down.|Nearly fell into the pond.}',
        'The starlings have learned {the neighbour\u2019s ringtone|my kettle|a car alarm}. I have answered it twice.',
      ],
      picture: [
        'A meeting is being held. No minutes are taken.',
        '{This morning\u2019s|Tonight\u2019s} committee.',
        'Counted them three times and got three numbers.',
      ],
      reply: [
        'Are you sure it was not a <bird>? {The tail would tell.|Did it bob?}',
        'Jealous! The last <bird> here was {in March|a rumour}.',
      ],
      ask: ['What do you feed in {a cold snap|early spring}? The <bird> here {turns up its beak|wants a menu}.'],
    },
  },
  {
    liking: '{knitting|wool|socks, mostly}',
    tags: ['knitting', 'fibrearts', 'handmade'],
    scenes: ['tiles', 'cup'],
    grammar: {
      thing: ['a cardigan', 'socks', 'a hat for a very large head', 'a shawl', 'mittens', 'a jumper for a dog'],
      post: [
        'Cast on <thing>. {Gauge swatch? Never heard of her.|This time I will read the pattern.|See you in spring.} 🧶',
        'Found a dropped stitch {forty|sixty} rows down. It lives there now.',
        'Finished <thing>! It fits {nobody|the cat|perfectly, if you hold your breath}.',
        'My wool stash has its own {postcode|climate|shelf in my will}.',
        'Knitting on the train: two people {told me about their grandmother|asked for lessons}, one {fell asleep on my shoulder|counted along}.',
      ],
      picture: ['The pattern I keep coming back to.', 'Next blanket? {Next blanket.|I need more colours.}'],
      reply: [
        'Lifeline every ten rows. I learned it {the hard way|with tears}.',
        'What yarn is that? It looks {warm|like moss after rain}.',
      ],
      ask: ['Circular or straight needles for <thing>? {Fight politely.|}'],
    },
  },
  {
    liking: '{small computers|writing software|free software}',
    tags: ['programming', 'opensource', 'smallweb'],
    scenes: ['tiles', 'city'],
    grammar: {
      tool: [
        'the parser',
        'our build',
        'a cron job from 2014',
        'the date library',
        'the printer driver',
        'that regular expression',
      ],
      post: [
        'Spent {three hours|the morning} on a bug in <tool>. It was {a time zone|a trailing space|me, last year}.',
        'Deleted {400|1,200|90} lines today and everything still works. {Best commit of the month.|A good day.}',
        'A comment in <tool> says only "{sorry|temporary|here be dragons}". It is signed by me.',
        'My favourite feature is the one we did not {build|ship|need}.',
        'Moved my site to {plain HTML|one folder|a computer under the stairs}. It loads before I let go of the mouse.',
      ],
      picture: [
        'What the office looks like when the deploy runs long.',
        'Made a thing that draws patterns. It does nothing else. I love it.',
      ],
      reply: [
        'It is always {DNS|a time zone|an off-by-one}. Always.',
        'Have you tried {a smaller example|explaining it to a duck|tea}? I mean it.',
      ],
      ask: ['What is the oldest program that you still use every {day|week}? {Mine is from 1989.|I will start: ed.}'],
    },
  },
];
