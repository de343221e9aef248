import { driveFaults, type DriveFault } from "#contract/drives.ts";
import { AppError, type AppErrorOptions } from "#contract/problem.ts";

/** An expected failure of a drive. Its problem carries the fault, so that the interface has its own words for it. */
export class DriveError extends AppError {
  readonly fault: DriveFault;

  constructor(fault: DriveFault, options: AppErrorOptions) {
    super(driveFaults[fault], { ...options, facts: { ...options.facts, fault } });
    this.name = "DriveError";
    this.fault = fault;
  }
}
