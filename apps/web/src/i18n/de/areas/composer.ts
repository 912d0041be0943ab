import { composer } from '../composer.ts';

export const texts = composer;
