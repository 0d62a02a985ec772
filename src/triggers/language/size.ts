/** The window in a call: a duration, no longer than samples are kept. */
import { type Duration, formatDuration } from '../../core/time.ts';
import { ExpressionError } from './error.ts';
import type { Node } from './parser.ts';

const EXPECTED = 'a duration such as 7d';

/**
 * Throws an ExpressionError at the argument where it is no window.
 * @param behind how far back the figures in the window look by themselves: it adds up.
 */
export function windowSize(node: Node, longest: Duration, example: string, behind: Duration = 0): Duration {
  if (node.kind !== 'literal' || node.literal !== 'duration') throw noDuration(node, example);
  if (node.value <= 0)
    throw new ExpressionError(node, 'the window is empty', 'a duration longer than 0', `for example write ${example}`);
  if (node.value > longest)
    throw new ExpressionError(
      node,
      `the window is ${formatDuration(node.value)}, and samples are kept for ${formatDuration(longest)}`,
      `at most ${formatDuration(longest)}`,
      'shorten the window, or raise retention in tierwatch.yaml',
    );
  if (node.value + behind > longest)
    throw new ExpressionError(
      node,
      `the window is ${formatDuration(node.value)} over figures that each look back ${formatDuration(behind)}, and samples are kept for ${formatDuration(longest)}`,
      `at most ${formatDuration(longest - behind)}`,
      'shorten one of the windows, or raise retention in tierwatch.yaml',
    );
  return node.value;
}

function noDuration(node: Node, example: string): ExpressionError {
  if (node.kind === 'literal' && node.literal === 'plain')
    return new ExpressionError(node, 'the window has no unit', EXPECTED, `did you mean ${node.value}d?`);
  if (node.kind === 'unary' && node.of.kind === 'literal' && node.of.literal === 'duration') {
    const expected = `${EXPECTED}: it reaches back from now`;
    return new ExpressionError(node, 'the window is negative', expected, `did you mean ${node.of.text}?`);
  }
  return new ExpressionError(node, 'the window is no duration', EXPECTED, `for example write ${example}`);
}
