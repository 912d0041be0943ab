import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from '#policies/limits/limits.ts';
import { Chance } from '../chance.ts';
import { SCENES } from '../drawing/scenes.ts';
import { momentsOf } from '../fill/posts.ts';
import { GENERAL, POLLS } from '../words/general.ts';
import { compose, type Grammar } from '../words/grammar.ts';
import { LANGUAGES } from '../words/languages.ts';
import { TOPICS } from '../words/topics.ts';
import { edge, planFollows } from './follows.ts';
import { planPeople } from './people.ts';
import { planPosts, SPAN_MS } from './posts.ts';

const PRESENT_MS = Date.UTC(2026, 5, 1, 15, 30);

function plan(seed: number, people = 200, posts = 2_000) {
  const chance = new Chance(seed);
  const planned = planPeople(people, '', chance.fork());
  const graph = planFollows(planned, chance.fork());
  return { people: planned, graph, posts: planPosts(planned, graph, posts, PRESENT_MS, chance.fork()) };
}

test('every rule of every grammar leads to text that may be posted', () => {
  const grammars: Grammar[] = [
    GENERAL,
    ...TOPICS.map(({ grammar }) => grammar),
    ...LANGUAGES.map(({ grammar }) => grammar),
  ];
  for (const grammar of grammars) {
    for (const rule of Object.keys(grammar)) {
      for (let seed = 0; seed < 30; seed++) {
        const text = compose(grammar, rule, new Chance(seed));
        assert.ok(text.length > 0 && text.length <= LIMITS.postCharacters && !/[<>{}|]/.test(text), `${rule}: ${text}`);
      }
    }
  }
  for (const { options } of POLLS) {
    assert.ok(options.length >= 2 && options.length <= LIMITS.pollOptions);
    for (const option of options) assert.ok(option.length <= LIMITS.pollOptionCharacters);
  }
});

test('the same seed plans the same community, another seed another', () => {
  assert.deepEqual(plan(3, 40, 200), plan(3, 40, 200));
  assert.notDeepEqual(plan(3, 40, 200).posts, plan(4, 40, 200).posts);
});

test('people have names of their own that may be taken', () => {
  const { people } = plan(1);
  assert.equal(people.length, 200);
  assert.equal(new Set(people.map(({ username }) => username.toLowerCase())).size, 200);
  for (const { username, displayName, bio, fields } of people) {
    assert.match(username, /^[a-z0-9_]{1,30}$/);
    assert.ok(displayName.length <= LIMITS.displayNameCharacters, displayName);
    assert.ok(bio.length <= LIMITS.bioCharacters && fields.length <= LIMITS.profileFields);
  }
  const codes = new Set(people.map(({ language }) => language?.code));
  for (const code of ['ar', 'he', 'ja', 'de']) assert.ok(codes.has(code), code);
});

test('few have many followers, most have few', () => {
  const { graph, people } = plan(1);
  const counts = graph.followers.map((followers) => followers.length).sort((a, b) => b - a);
  const median = counts[Math.floor(counts.length / 2)]!;
  assert.ok(counts[0]! > 5 * median, `${counts[0]} ${median}`);
  for (const waiting of graph.waiting) assert.ok(people[Number(waiting.split('>')[1])]!.locked);
  graph.follows.forEach((chosen, follower) => {
    assert.ok(!chosen.includes(follower));
  });
});

test('posts span three weeks, answer what is older, and are answered by those who may see them', () => {
  const { people, graph, posts } = plan(1);
  assert.equal(posts.length, 2_000);
  for (const post of posts) {
    assert.ok(post.agoMs > 0 && post.agoMs <= SPAN_MS);
    if (post.parent === null) continue;
    assert.ok(post.parent.agoMs > post.agoMs);
    const { parent } = post;
    if (parent.visibility !== 'followers' || post.author === parent.author) continue;
    const isFollower = graph.followers[parent.author]!.includes(post.author);
    const isMentioned = parent.text.startsWith(`@${people[post.author]!.username} `);
    assert.ok(isFollower || isMentioned, edge(post.author, parent.author));
  }
  const share = (what: (post: (typeof posts)[number]) => boolean) => posts.filter(what).length;
  assert.ok(share(({ pictures }) => pictures.length > 0) > 200);
  assert.ok(share(({ poll }) => poll !== null) > 10);
  assert.ok(share(({ contentWarning }) => contentWarning !== '') > 30);
  assert.ok(share(({ visibility }) => visibility === 'followers') > 50);
  assert.ok(share(({ parent }) => parent !== null) > 600);
});

test('a moment holds no answer together with what it answers, and no two posts of one person', () => {
  const { posts } = plan(2, 60, 500);
  const moments = momentsOf(posts);
  assert.deepEqual(moments.flat(), posts);
  for (const moment of moments) {
    assert.equal(new Set(moment.map(({ author }) => author)).size, moment.length);
    for (const { parent } of moment) assert.ok(parent === null || !moment.includes(parent));
  }
});

test('every scene draws and describes, the same for the same seed', () => {
  for (const [name, scene] of Object.entries(SCENES)) {
    const drawing = scene(new Chance(5), { width: 400, height: 300 });
    assert.deepEqual(drawing, scene(new Chance(5), { width: 400, height: 300 }), name);
    assert.ok(drawing.description.length > 10 && !/NaN|undefined/.test(drawing.svg + drawing.description), name);
  }
});
