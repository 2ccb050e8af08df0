/**
 * Why a connection failed, in the words of operating systems and of the JDK in other languages than English: the reason at
 * the end of a text whose beginning is a library's. Owns the words only; each is enough to name the cause by itself.
 */

import {
  clientDeadlineExceeded,
  connectNameNotFound,
  connectRefused,
  connectSettingsHang,
  tcpResetInflight,
  tcpResetOnStaleIdleConnection,
} from "./entry-ids.ts";
import type { CausePhrase } from "./cause-phrases.ts";

/** Written as text, which the bundle can hold as ASCII. */
const anyOf = (...words: readonly string[]): RegExp => new RegExp(words.join("|"));

/** .NET's error of a socket, its number behind its name, or in front as hexadecimal of all. */
const socketException = (numbers: string): RegExp =>
  new RegExp(String.raw`socketexception:? (?:\(0x80004005\): |\()?\(?(?:${numbers})\)?(?![\w.])`);

/** In lower case, as `CausePhrase` wants it. */
export const systemWords: readonly CausePhrase[] = [
  [
    [connectRefused],
    anyOf(
      "积极拒绝",
      "拒绝连接",
      "拒绝了连接",
      "拒絕連線",
      "拒否されたため",
      "接続が拒否",
      "연결을 거부",
      "연결이 거부",
      "die verbindung verweigert",
      "verbindungsaufbau abgelehnt",
      "connexion refusée",
      "l.a expressément refusée",
      "denegó expresamente",
      "conexión rehusada",
      "conexión rechazada",
      "as recusou ativamente",
      "conexão recusada",
      "отверг запрос на подключение",
      "в соединении отказано",
    ),
  ],
  [
    [tcpResetInflight, tcpResetOnStaleIdleConnection],
    anyOf(
      "强迫关闭了一个现有的连接",
      "中止了一个已建立的连接",
      "連線被遠端主機強制關閉",
      "連線被對方重(?:設|置)",
      "连接被对(?:方|端)重(?:设|置)",
      "強制的に切断",
      "원격 호스트에 의해 강제로",
      "vom remotehost geschlossen",
      "verbindung wurde vom kommunikationspartner",
      "par l.hôte distant",
      "connexion ré-?initialisée",
      "por el host remoto",
      "conexión reinicializada",
      "pelo host remoto",
      "разорвал существующее подключение",
      "соединение разорвано другой стороной",
      "соединение сброшено",
    ),
  ],
  [
    [connectSettingsHang, clientDeadlineExceeded],
    anyOf(
      "连接超时",
      "連線逾時",
      "接続がタイムアウト",
      "délai d.attente",
      "tiempo de espera",
      "zeitüberschreitung",
      "время ожидания",
    ),
  ],
  // The same by their numbers, which .NET prints whatever the language of its words; Windows and Linux.
  [[connectRefused], socketException("10061|111|10051|10065|101|113")],
  [[connectSettingsHang, clientDeadlineExceeded], socketException("10060|110")],
  [[tcpResetInflight, tcpResetOnStaleIdleConnection], socketException("1005[34]|104|103|32")],
  [[connectNameNotFound], socketException("1100[14]|-131073|-2")],
];
