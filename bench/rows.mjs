/** Samples of one bench into its rows: medians, ranges, ratios to the subjects that everybody is compared with. */
import { median, rounded, turn } from "./medians.mjs";

/** Runs `sample(subject)` in rounds, each begun by another subject; returns the samples of each. */
export async function inRounds(subjects, rounds, sample) {
  const samples = Object.fromEntries(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [subject] of turn(samples, round)) samples[subject].push(await sample(subject, round));
  }
  return samples;
}

/**
 * A row for each subject. A sample is `{ units, seconds, cpuMicros }`; `keys` names the two figures. Subjects that are
 * absent are not compared with.
 */
export function toRows(bench, facts, samples, keys = callKeys) {
  const cost = (subject) => samples[subject]?.map(({ cpuMicros, units }) => (cpuMicros / units) * keys.per);
  const ratio = (subject, to) => {
    const theirs = cost(to);
    return theirs === undefined ? undefined : rounded(median(cost(subject)) / median(theirs), 3);
  };
  return Object.keys(samples).map((subject) => {
    const micros = cost(subject);
    const speed = samples[subject].map(({ units, seconds }) => units / keys.per / seconds);
    return {
      bench,
      ...facts,
      subject,
      [keys.cost]: rounded(median(micros)),
      range: [rounded(Math.min(...micros)), rounded(Math.max(...micros))],
      [keys.speed]: Math.round(median(speed)),
      ...Object.fromEntries(
        Object.entries(keys.ratios)
          .map(([key, to]) => [key, ratio(subject, to)])
          .filter(([, value]) => value !== undefined),
      ),
    };
  });
}

/** Unit: a call. */
export const callKeys = {
  per: 1,
  cost: "cpuMicrosPerCall",
  speed: "callsPerSecond",
  ratios: { ofGrpcJs: "grpc-js", ofLimit: "limit" },
};

/** Unit: a message of a stream. */
export const messageKeys = {
  per: 1,
  cost: "cpuMicrosPerMessage",
  speed: "messagesPerSecond",
  ratios: { ofGrpcJs: "grpc-js" },
};

/** Unit: an octet, told by the million. */
export const megabyteKeys = {
  per: 1_000_000,
  cost: "cpuMicrosPerMb",
  speed: "mbPerSecond",
  ratios: { ofGrpcJs: "grpc-js", ofRaw: "raw", ofCopyingRaw: "raw, copying" },
};
