// Reads the JSON body of a request. What clients send all day – UTF-8, as it is – is read here; what is compressed or in
// another charset goes through express, which knows more and costs a tenth of what saving a record does.
import express, { type NextFunction, type Request, type RequestHandler } from 'express';
import { PlatformError } from '../model.ts';

/** A request of 200 records with long text fields stays below this. */
const LIMIT_MB = 10;
const PLAIN = /^application\/json(?:; *charset=utf-8)?$/i;

export function jsonBody(): RequestHandler {
  const parse = express.json({ limit: `${LIMIT_MB}mb`, strict: false });
  return (request, response, next) => {
    if (isPlain(request)) readPlain(request, next);
    else if (!hasBody(request)) next();
    else {
      requireJson(request);
      parse(request, response, next);
    }
  };
}

function isPlain({ headers }: Request): boolean {
  const length = Number(headers['content-length']);
  const fits = length > 0 && length <= LIMIT_MB * 2 ** 20;
  return fits && headers['content-encoding'] === undefined && PLAIN.test(headers['content-type'] ?? '');
}

function readPlain(request: Request, next: NextFunction): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A client that goes away in between has asked for nothing.
  request.once('end', () => {
    try {
      request.body = JSON.parse(
        Buffer.concat(chunks)
          .toString()
          .replace(/^\uFEFF/, ''),
      );
    } catch (cause) {
      next(new PlatformError('JSON_PARSER_ERROR', cause instanceof Error ? cause.message : String(cause)));
      return;
    }
    next();
  });
}

/** Nothing is nothing here, and not an empty object. */
function hasBody({ headers }: Request): boolean {
  return Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;
}

function requireJson(request: Request): void {
  if (request.is('json')) return;
  const type = request.get('content-type') ?? 'none';
  const message = `Content-Type header specified in HTTP request is not supported: ${type}`;
  throw new PlatformError('UNSUPPORTED_MEDIA_TYPE', message, { status: 415 });
}
