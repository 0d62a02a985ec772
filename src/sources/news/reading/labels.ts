/** The names of charsets, as publishers spell them. */

/** Names that decoders do not know and servers send, in lower case with letters and digits only. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['ansi', 'windows-1252'],
  ['koi8r', 'koi8-r'],
  ['koi8u', 'koi8-u'],
  ['euckr', 'euc-kr'],
  ['eucjp', 'euc-jp'],
  ['iso2022jp', 'iso-2022-jp'],
  ['shiftjis', 'shift_jis'],
  ['cp932', 'shift_jis'],
  ['mskanji', 'shift_jis'],
  ['cp936', 'gbk'],
  ['ms936', 'gbk'],
  ['euccn', 'gbk'],
  ['cp949', 'euc-kr'],
  ['ms949', 'euc-kr'],
  ['uhc', 'euc-kr'],
  ['cp950', 'big5'],
  ['ms950', 'big5'],
  ['eucjpms', 'euc-jp'],
  ['cp51932', 'euc-jp'],
  ['cp20866', 'koi8-r'],
  ['cp21866', 'koi8-u'],
  ['cp65001', 'utf-8'],
  ['utf8mb4', 'utf-8'],
]);

/** The decoder of the charset with this name, in whatever spelling; undefined where nobody knows it. */
export function decoderFor(label: string): InstanceType<typeof TextDecoder> | undefined {
  const squeezed = label.toLowerCase().replace(/[^a-z0-9]/g, '');
  const windows = /^(?:x?cp|win|windows|ms|ansi|ibm)?(125[0-8]|874)$/.exec(squeezed)?.[1];
  const iso = /^iso8859(\d{1,2})/.exec(squeezed)?.[1];
  const spellings = [
    label,
    ALIASES.get(squeezed),
    windows === undefined ? undefined : `windows-${windows}`,
    iso === undefined ? undefined : `iso-8859-${iso}`,
    squeezed,
  ];
  for (const spelling of spellings) {
    const decoder = spelling === undefined ? undefined : known(spelling);
    if (decoder !== undefined) return decoder;
  }
  return undefined;
}

function known(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}
