import { describe, expect, it } from "vitest";
import { firstLine, foreignSpeech } from "./foreign-speech.ts";

const said = (text: string): string | undefined => foreignSpeech(Buffer.from(text, "latin1"))?.protocol;

describe("what speaks when it is not HTTP/2", () => {
  it.each([
    ["HTTP/1.1 400 Bad Request\r\n", "HTTP/1.1"],
    ["HTTP/1.0 200 OK\r\n", "HTTP/1.1"],
    ["<html>\r\n<head><title>400", "HTTP/1.1"],
    ["SSH-2.0-OpenSSH_9.2p1\r\n", "SSH"],
    ["220 mx.example.org ESMTP\r\n", "SMTP"],
    ["220 ProFTPD Server ready.\r\n", "FTP or SMTP"],
    ["-ERR unknown command 'PRI'\r\n", "Redis"],
    ["-NOAUTH Authentication required.\r\n", "Redis"],
    ["-DENIED Redis is running in protected mode", "Redis"],
    ["ERROR\r\nERROR\r\n", "memcached"],
    ["+OK Dovecot ready.\r\n", "POP3"],
    ["* OK [CAPABILITY IMAP4rev1] ready\r\n", "IMAP"],
    ["\x4a\0\0\0\x0a8.0.36\0\x08", "MySQL"],
    ["\x45\0\0\0\xff\x6a\x04Host is not allowed", "MySQL"],
    ["E\0\0\0\x85SFATAL\0VFATAL\0C0A000", "PostgreSQL"],
    ["AMQP\0\0\x09\x01", "AMQP"],
    ['INFO {"server_id":"N"}\r\n', "NATS"],
    ["RFB 003.008\n", "VNC"],
    ["\x15\x03\x01\x00\x02\x02\x46", "TLS"],
    ["\x16\x03\x03\x00\x7a\x02", "TLS"],
  ])("%j: %s", (bytes, protocol) => expect(said(bytes)).toBe(protocol));

  it.each([["", "\x00\x00\x12\x04\x00\x00\x00\x00\x00", "hello", "\x00\x01\x02"]].flat())(
    "%j is nothing that it knows",
    (bytes) => {
      expect(said(bytes)).toBeUndefined();
    },
  );

  it.each([
    ["HTTP/1.1 400 Bad Request\r\n", "http1-peer"],
    ["+PONG\r\n", "other-protocol"],
    ["\x15\x03\x01\x00\x02\x02\x46", "tls-where-plain-was-asked"],
  ])("%j is the finding %s", (bytes, id) => {
    expect(foreignSpeech(Buffer.from(bytes, "latin1"))?.id).toBe(id);
  });

  it("an excerpt is a line of text, or nothing", () => {
    expect(firstLine("HTTP/1.1 400 Bad\r\nserver: x")).toBe("HTTP/1.1 400 Bad");
    expect(firstLine("\x00\x01\x02\x03abc")).toBeUndefined();
    expect(firstLine("")).toBeUndefined();
    expect(firstLine("x".repeat(500))).toHaveLength(100);
  });
});
