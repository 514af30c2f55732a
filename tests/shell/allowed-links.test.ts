import { expect, it } from 'vitest';
import { ALLOWED_LINKS, isAllowedLink } from '../../src/main/shell/allowed-links';

it('two sites are known; another one is a decision that this line is changed for', () => {
  expect(ALLOWED_LINKS).toEqual([
    { host: 'pokeapi.co', path: '/' },
    { host: 'github.com', path: '/PokeAPI/' },
  ]);
});

it.each([
  'https://pokeapi.co/',
  'https://pokeapi.co/docs/v2',
  'https://github.com/PokeAPI/pokeapi',
])('%s may open in the browser', (url) => expect(isAllowedLink(url)).toBe(true));

it.each([
  'http://pokeapi.co/',
  'https://pokeapi.co.evil.example/',
  'https://evil.example/pokeapi.co',
  'https://pokeapi.co@evil.example/',
  'https://user:word@pokeapi.co/',
  'https://pokeapi.co:8443/',
  'https://sub.pokeapi.co/',
  'https://github.com/',
  'https://github.com/PokeAPI',
  'https://github.com/PokeAPI-evil/x',
  'https://github.com/PokeAPI/../evil/x',
  'https://github.com/evil/PokeAPI/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'smb://pokeapi.co/share',
  'ms-settings:privacy',
  'pokeapi.co',
  '',
])('%j never reaches the system', (url) => expect(isAllowedLink(url)).toBe(false));
