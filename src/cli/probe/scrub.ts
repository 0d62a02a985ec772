/** Takes keys and tokens out of what is written down: out of addresses, texts and bodies. */

export type Scrub = {
  text(text: string): string;
  /** Values of parameters whose names speak of a secret go as well, known or not. */
  url(url: string): string;
  /** Any encoding that holds ASCII as it is. */
  body(bytes: Uint8Array): Uint8Array;
};

const REMOVED = '[removed]';
const SECRET_NAME = /key|token|secret|sig|passw|auth|credential/i;
/** Shorter ones stand everywhere by chance. */
const SHORTEST = 4;
/** What is left of a base64 form once the letters that its neighbours share are cut off may be no shorter. */
const SHORTEST_BASE64 = 8;

/** @param secrets known values, as they are */
export function scrubber(secrets: readonly string[]): Scrub {
  const forms = [...new Set(secrets.flatMap(formsOf))].toSorted((a, b) => b.length - a.length);
  const text = (dirty: string): string => forms.reduce((rest, form) => rest.replaceAll(form, REMOVED), dirty);
  return {
    text,
    url: (url) => text(withoutValues(url)),
    body: (bytes) => {
      const clean = forms
        .map((form) => Buffer.from(form).toString('latin1'))
        .reduce((rest, form) => rest.replaceAll(form, REMOVED), Buffer.from(bytes).toString('latin1'));
      return Buffer.from(clean, 'latin1');
    },
  };
}

/** Secrets that a request carries in places where they are usual, known or not. */
export function secretsIn(url: string, headers: Readonly<Record<string, string>> = {}): readonly string[] {
  const named = URL.canParse(url) ? [...new URL(url).searchParams] : [];
  return [...named, ...Object.entries(headers)]
    .filter(([name]) => /(^|[_-])(api)?(key|token|secret|sig|signature|password|authorization)$/i.test(name))
    .map(([, value]) => value.replace(/^(Bearer|Basic|Token|Key) +/i, ''))
    .filter((value) => value.length >= 8);
}

function withoutValues(url: string): string {
  return url.replace(/([?&])([^=&#]*)=([^&#]*)/g, (whole, mark: string, name: string) =>
    SECRET_NAME.test(name) ? `${mark}${name}=${REMOVED}` : whole,
  );
}

/** As it is, in a URL, in JSON, in base64; of `user:password` and of a Telegram token the second half as well. */
function formsOf(secret: string): readonly string[] {
  const halves = secret.includes(':') ? [secret.slice(secret.indexOf(':') + 1)] : [];
  return [secret, ...halves.filter((half) => half.length >= 16)].flatMap((plain) => {
    if (plain.length < SHORTEST) return [];
    const encoded = encodeURIComponent(plain);
    return [
      plain,
      encoded,
      encoded.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase()),
      encoded.replaceAll('%20', '+'),
      JSON.stringify(plain).slice(1, -1),
      plain.replaceAll('/', '\\/'),
      ...base64Forms(plain),
    ];
  });
}

/** In base64 three bytes make four letters, so what stands before a text shifts its letters in one of three ways. */
function base64Forms(plain: string): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(plain)]);
    const [from, to] = [Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6)];
    const letters = bytes.toString('base64').slice(from, to);
    return letters.length < SHORTEST_BASE64 ? [] : [letters, letters.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
