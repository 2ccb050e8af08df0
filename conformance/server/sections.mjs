/** Every section of the list against servers, in the order of the RFC. */
import data from "./data.mjs";
import fieldSections from "./field-sections.mjs";
import fields from "./fields.mjs";
import flowControl from "./flow-control.mjs";
import frameFormat from "./frame-format.mjs";
import headers from "./headers.mjs";
import hpack from "./hpack.mjs";
import messages from "./messages.mjs";
import pingAndGoaway from "./ping-and-goaway.mjs";
import preface from "./preface.mjs";
import priorities from "./priorities.mjs";
import pseudoFields from "./pseudo-fields.mjs";
import rstStream from "./rst-stream.mjs";
import settings from "./settings.mjs";
import streamIdentifiers from "./stream-identifiers.mjs";
import streamStates from "./stream-states.mjs";

export const serverSections = [
  preface,
  frameFormat,
  streamStates,
  streamIdentifiers,
  data,
  headers,
  priorities,
  rstStream,
  settings,
  pingAndGoaway,
  flowControl,
  fieldSections,
  messages,
  fields,
  pseudoFields,
  hpack,
];
