/** Articles as commands name them: by id or by link, and whose a link is by feeds.yaml. */
import type { Articles, Filing } from '../bot/world.ts';
import type { Config } from '../config/config.ts';
import type { Store } from '../core/ports.ts';
import { canonicalUrl } from '../sources/news/address.ts';
import { articleId, keysOf } from '../sources/news/identity.ts';
import { outletsOf } from '../sources/news/outlets.ts';
import { printOf } from '../sources/news/print.ts';

/** A site's front page, which shows another article every hour. */
const FRONT_PAGE = /^https?:\/\/[^/?]*\/?$/;

export function articlesOf({ feeds }: Pick<Config, 'feeds'>, store: Pick<Store, 'archive'>): Articles {
  const outlets = outletsOf(feeds);

  function filing(
    link: string,
    { outlet, title, summary = null }: Parameters<Articles['filing']>[1],
  ): Filing | undefined {
    if (FRONT_PAGE.test(canonicalUrl(link))) return undefined;
    const voice = outlet === undefined ? outlets.of(link) : outlets.named(outlet);
    const marks = { feed: 'admin', outlet: voice.outlet, link, guid: undefined, title: title ?? '', summary };
    const print = title === undefined ? {} : { print: printOf(title, summary) };
    return { id: articleId(marks), keys: keysOf(marks), ...voice, ...print };
  }

  return {
    find(text) {
      const archive = store.archive();
      const named = URL.canParse(text) ? filing(text, {}) : undefined;
      for (const key of [text, ...(named === undefined ? [] : [named.id, ...(named.keys ?? [])])]) {
        const found = archive.find(key);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    filing,
  };
}
