import { people } from '../people.ts';

export const texts = people;
