/**
 * Templates: how a signature says which text it means. Fixed words, and holes for what changes from case to case:
 *
 *   {int}          decimal digits
 *   {word}         anything without a blank
 *   {addr}         host:port, an IP address with or without port, or a path of a socket
 *   {text}         anything up to the end of the line, as little as will do
 *   {a|b|c}        one of these words
 *   {name:int}     a hole whose value is a fact; names: http2_code, last_stream_id, debug_data, stream_id, http_status,
 *                  address, elapsed_ms, flags, version
 *   {{ and }}      the braces themselves
 *
 * A blank matches one blank or more. Letter case counts. Where a template begins or ends with a letter or digit, no
 * letter or digit may touch it from outside, so `code {int}` never means part of a longer number.
 */
export {};
