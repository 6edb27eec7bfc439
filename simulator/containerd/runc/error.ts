/** What runc failed with, in its words; the program prints it and writes it to `--log`. */
export class RuncError extends Error {}
