/** What stands between the tags of an XML text: comments, CDATA sections, instructions and the document type. */
import { finder } from './finder.ts';

const CDATA = '<![CDATA[';

/**
 * Gives, for the place of a `<!` or `<?`, the place behind what begins there; places must be asked for in rising order.
 * `broken` is told of what no XML could have: then reading is to go on where the likeliest meaning ends.
 */
export function readAsides(xml: string, broken: (what: string, at: number) => void): (at: number) => number {
  const next = {
    less: finder(xml, '<'),
    greater: finder(xml, '>'),
    commentEnd: finder(xml, '-->'),
    section: finder(xml, CDATA),
    sectionEnd: finder(xml, ']]>'),
    instructionEnd: finder(xml, '?>'),
  };
  let hadDoctype = false;

  return (at) => {
    if (xml.startsWith('<?', at)) return instruction(at);
    if (xml.startsWith('<!--', at)) return comment(at);
    return xml.startsWith(CDATA, at) ? section(at) : declaration(at);
  };

  function declaration(at: number): number {
    const end = next.greater(at) < 0 ? xml.length : next.greater(at) + 1;
    if (hadDoctype || !/^<!doctype/i.test(xml.slice(at, at + 9))) {
      broken('a declaration where none may stand', at);
      return end;
    }
    hadDoctype = true;
    return xml.slice(at, end).includes('[') ? endOfDeclared(at, end) : end;
  }

  /** The place behind what a document type declares between brackets. */
  function endOfDeclared(at: number, end: number): number {
    const closing = /\]\s*>/g;
    closing.lastIndex = at;
    if (closing.test(xml)) return closing.lastIndex;
    broken('a document type left open', at);
    return end;
  }

  function comment(at: number): number {
    const end = next.commentEnd(at + 2);
    if (end >= 0) return end + 3;
    broken('a comment left open', at);
    return at + 4;
  }

  /** A section that begins again after an item has ended was left open: what stands between are tags. */
  function section(at: number): number {
    const inside = at + CDATA.length;
    const end = next.sectionEnd(inside);
    const again = next.section(inside);
    const isOpen = end < 0 || (again >= 0 && again < end && /<\/(?:item|entry)\s*>/i.test(xml.slice(at, again)));
    if (!isOpen) return end + 3;
    broken('a CDATA section left open', at);
    return inside;
  }

  function instruction(at: number): number {
    const greater = next.greater(at);
    if (xml[greater - 1] === '?') return greater + 1;
    const end = next.instructionEnd(at + 2);
    const less = next.less(at + 1);
    if (end >= 0 && (less < 0 || less > end)) return end + 2;
    broken('a processing instruction left open', at);
    return greater < 0 ? xml.length : greater + 1;
  }
}
