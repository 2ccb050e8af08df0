/** Writes an AWS NLB as Terraform: it passes TCP on, so TLS and HTTP/2 end behind it. */

import { seconds } from "./aws-alb.ts";
import { relaySheet } from "./relay-sheet.ts";
import type { WriteJob } from "./sheet.ts";

export function writeAwsNlb(job: WriteJob): string {
  const { sheet, relay, wire } = relaySheet(job, "#", "Test it with: terraform validate");
  sheet.add('variable "nlb_vpc_id" { type = string }', 'variable "nlb_subnets" { type = list(string) }', "");
  sheet.add(`resource "aws_lb" "grpc_tcp" {
  name               = "grpc-tcp"
  load_balancer_type = "network"
  subnets            = var.nlb_subnets
}
`);
  sheet.add(`resource "aws_lb_target_group" "grpc_tcp" {
  name        = "grpc-tcp"
  port        = 50051
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = var.nlb_vpc_id`);
  sheet.set(`  deregistration_delay = ${seconds(relay.deregistrationMs)}`, "relay.deregistrationMs");
  sheet.add(`
  health_check {
    protocol            = "TCP"
    interval            = 10
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }
}

resource "aws_lb_listener" "grpc_tcp" {
  load_balancer_arn = aws_lb.grpc_tcp.arn
  port              = 443
  protocol          = "TCP"`);
  sheet.set(`  tcp_idle_timeout_seconds = ${seconds(wire.forgetsAfterMs)}`, "wire.forgetsAfterMs");
  sheet.add(`
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.grpc_tcp.arn
  }
}`);
  return sheet.text();
}
