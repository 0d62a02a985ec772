/** How far along a thing is, by the words around it: done, in progress, planned, rumoured or denied. */
import type { NewsStatus } from '../../core/news.ts';

/** From the strongest objection to a fact down. The first group that matches decides. */
const HEDGES: readonly { readonly status: NewsStatus; readonly words: RegExp }[] = [
  {
    status: 'denied',
    words:
      /\b(?:den(?:y|ies|ied|ying)|no evidence|debunk\w*|refut\w+|disput\w+|retract\w*|untrue|false(?:ly)? claim\w*|never (?!before)|no truth)\b|\b(?:was|were|is|are|has|have|had|did|does|do)(?: not|n['’]t) (?!only|just|merely)(?:\w+ ){0,3}$|\bcancel(?:s|l?ed|ling)\b|\babandon(?:s|ed)\b/i,
  },
  {
    status: 'speculative',
    words:
      /\b(?:could(?! not be \w+er\b)|might|reportedly|rumou?r\w*|alleged\w*|perhaps|possibly|unconfirmed|speculat\w+|supposedly|would|hypothetical\w*|(?:is|are) said to|in talks)\b/i,
  },
  // The month of May is written with a capital.
  { status: 'speculative', words: /\bmay\b/ },
  {
    status: 'planned',
    words:
      /\b(?:will|plan(?:s|ned|ning)?|aim(?:s|ed|ing)?|intend(?:s|ed|ing)?|wants? to|hop(?:es?|ing) to|going to|set to|slated|scheduled|about to|prepar(?:es?|ing) (?:to|for)|seeks? to|expects? to|expected|designed to|meant to|lets?|allows?|enables?|upcoming|soon|roadmap|next (?:week|month|quarter|year)|propos(?:es?|ed|al)|promis(?:es?|ed|ing)|pledg(?:es?|ed)|by 20[2-9]\d|later this (?:week|month|quarter|year)|goal|vision|ambition|can(?: be)?)\b/i,
  },
];

/** What was said before a new clause began hedges the old one. */
const EARLIER_CLAUSE = /^.*(?:;|,? (?:and so|but)|, (?:and|so|while)) /s;
const QUESTION = /\?["”’)]*\s*$/;

/**
 * The status of what the words from `at` on say in this statement. What stands before them can hedge or deny it;
 * a question claims nothing. `fact` is what it is when nothing does.
 */
export function statusOf(statement: string, at: number, fact: NewsStatus): NewsStatus {
  const before = statement.slice(0, at).replace(EARLIER_CLAUSE, '');
  const hedge = HEDGES.find(({ words }) => words.test(before));
  return QUESTION.test(statement) ? 'speculative' : (hedge?.status ?? fact);
}
