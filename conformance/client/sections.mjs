/** Every section of the list against clients, in the order of the RFC. */
import dataAndHeaders from "./data-and-headers.mjs";
import fieldSections from "./field-sections.mjs";
import fields from "./fields.mjs";
import flowControl from "./flow-control.mjs";
import frameFormat from "./frame-format.mjs";
import hpack from "./hpack.mjs";
import messages from "./messages.mjs";
import pingAndGoaway from "./ping-and-goaway.mjs";
import preface from "./preface.mjs";
import push from "./push.mjs";
import settings from "./settings.mjs";
import streamStates from "./stream-states.mjs";

export const clientSections = [
  preface,
  frameFormat,
  streamStates,
  dataAndHeaders,
  settings,
  pingAndGoaway,
  flowControl,
  fieldSections,
  messages,
  fields,
  push,
  hpack,
];
