/** Writes an AWS ALB for gRPC as Terraform. */

import { relaySheet } from "./relay-sheet.ts";
import type { WriteJob } from "./sheet.ts";

export function writeAwsAlb(job: WriteJob): string {
  const { sheet, receiver, relay } = relaySheet(job, "#", "Test it with: terraform validate");
  sheet.add(`variable "vpc_id" { type = string }
variable "subnets" { type = list(string) }
variable "certificate_arn" { type = string }
`);
  sheet.add(`resource "aws_lb" "grpc" {
  name               = "grpc"
  load_balancer_type = "application"
  subnets            = var.subnets`);
  sheet.set(`  idle_timeout = ${seconds(relay.streamIdleMs)}`, "relay.streamIdleMs");
  if (receiver.ageMs !== undefined) sheet.set(`  client_keep_alive = ${seconds(receiver.ageMs)}`, "receiver.ageMs");
  sheet.add(`}

resource "aws_lb_target_group" "grpc" {
  name             = "grpc"
  port             = 50051
  protocol         = "HTTP"`);
  sheet.why(
    '  protocol_version = "GRPC"',
    "with HTTP2 or HTTP1 the calls of gRPC clients are answered with 464",
    "alb-grpc",
  );
  sheet.add('  target_type      = "ip"', "  vpc_id           = var.vpc_id");
  sheet.set(`  deregistration_delay = ${seconds(relay.deregistrationMs)}`, "relay.deregistrationMs");
  sheet.add("", "  health_check {", '    path = "/grpc.health.v1.Health/Check"');
  sheet.why(
    '    matcher = "0"',
    "gRPC's OK; the default of 12 is what a server answers that does not know the method",
    "alb-grpc",
  );
  sheet.set(`    interval = ${seconds(relay.healthEveryMs)}`, "relay.healthEveryMs");
  sheet.set(`    unhealthy_threshold = ${relay.healthThreshold ?? 2}`, "relay.healthThreshold");
  sheet.add(`    healthy_threshold = 2
    timeout = 5
  }
}

resource "aws_lb_listener" "grpc" {
  load_balancer_arn = aws_lb.grpc.arn
  port              = 443`);
  sheet.set('  protocol = "HTTPS"', "receiver.tls");
  sheet.add(`  certificate_arn = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.grpc.arn
  }
}`);
  return sheet.text();
}

export function seconds(ms = 0): number {
  return Math.ceil(ms / 1_000);
}
