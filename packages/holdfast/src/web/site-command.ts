/** Owns the command line of `holdfast site`. What it writes is `site-files.ts`'s. */

import { InvalidArgumentError, type Command } from "commander";
import { ownCatalogOption } from "../catalog/catalog-options.ts";
import { exitStatus } from "../exit-status.ts";

interface SiteFlags {
  readonly out: string;
  readonly url?: string;
  readonly force?: true;
  readonly catalog?: string;
}

export function addSiteCommand(program: Command, onStatus: (status: number) => void): void {
  program
    .command("site")
    .summary("write the catalog as a folder of files for any web server, or none")
    .description(
      "Write the catalog as a web site of plain files. Links are relative: it works below any address, and straight from " +
        "a disk. Errors are explained in the browser, without a server.\n\n" +
        "Exit status 0: written. 2: a mistake on the command line, or a folder that cannot be written.",
    )
    .requiredOption("--out <folder>", "folder to write into; made when it is not there")
    .option("--url <address>", "where it will be published, for sitemap.xml, robots.txt and openapi.json", readUrl)
    .option("--force", "write into a folder that holds other files; they stay")
    .addOption(ownCatalogOption())
    .allowExcessArguments(false)
    .action(async ({ out, url, force, catalog: own }: SiteFlags, command: Command) => {
      const { writeSite, SiteFolderError } = await import("./write-site.ts");
      const { openCatalog } = await import("./open-catalog.ts");
      const catalog = await openCatalog(own, (message) => command.error(`error: ${message}`));
      try {
        const { files } = writeSite(out, catalog, { isForced: force === true, ...(url === undefined ? {} : { url }) });
        process.stdout.write(`holdfast site: ${files} files in ${out}; open ${out}/index.html\n`);
        if (url === undefined) process.stderr.write("holdfast site: sitemap.xml needs the real address: give --url\n");
        onStatus(exitStatus.fine);
      } catch (error) {
        if (error instanceof SiteFolderError) command.error(`error: ${error.message}`);
        throw error;
      }
    });
}

function readUrl(text: string): string {
  if (/^https?:\/\/[^\s?#]+$/.test(text) && URL.canParse(text)) return text.replace(/\/+$/, "");
  throw new InvalidArgumentError("Expected an address such as https://example.org/errors.");
}
