// A letter as a mail server received it, taken apart as far as tests ask (RFC 5322, RFC 2045, RFC 2047).

/** Who it was really for, and what it says. */
export interface Letter {
  /** The recipients of the conversation, not those of the header. */
  readonly recipients: readonly string[];
  readonly sender: string;
  /** Name and value of each header, unfolded and decoded. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly subject: string;
  readonly text: string;
  /** As it came. */
  readonly raw: string;
}

/** Reads a letter with a single part of text. */
export function readLetter(raw: string, envelope: Pick<Letter, 'recipients' | 'sender'>): Letter {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), decodedWords(line.slice(colon + 1).trim())] as const;
  });
  const header = (wanted: string): string => headers.find(([name]) => name === wanted)?.[1] ?? '';
  const text = decodedBody(raw.slice(end + 4), header('content-transfer-encoding')).trim();
  return { ...envelope, headers, subject: header('subject'), text, raw };
}

function decodedBody(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  return encoding === 'quoted-printable' ? decodedQuotes(body.replaceAll('=\r\n', '')) : body;
}

function decodedQuotes(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

function decodedWords(value: string): string {
  return value
    .replaceAll(/(\?=) +(=\?)/g, '$1$2')
    .replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString() : decodedQuotes(text.replaceAll('_', ' ')),
    );
}
