"""What sends letters may send letters, and what becomes of them comes back to us."""

import json
from typing import Any

from infra.artefacts import Package
from infra.local_template import localised
from tests.infra.test_template import of_type, policy_statements


def of_role(package: Package, role: str) -> dict[str, dict[str, Any]]:
    """The statements of one role by their names."""
    return {s["Sid"]: s for name, s in policy_statements(package) if name == role}


def test_letters_leave_by_one_function_and_sms_by_another(package: Package) -> None:
    leaving = {
        action: name
        for name, statement in policy_statements(package)
        for action in statement["Action"]
        if action in ("ses:SendEmail", "sns:Publish")
    }
    assert leaving == {"ses:SendEmail": "SendMailRole", "sns:Publish": "SendSmsRole"}


def test_events_of_this_stacks_letters_alone_reach_its_queue(package: Package) -> None:
    resources = package.template()["Resources"]
    rule = resources["MailEventsRule"]["Properties"]
    tags = rule["EventPattern"]["detail"]["mail"]["tags"]
    assert rule["EventPattern"]["source"] == ["aws.ses"]
    assert tags == {"ses:configuration-set": [{"Ref": "MailEvents"}]}
    assert rule["Targets"][0]["Arn"] == {"Fn::GetAtt": ["MailEventsQueue", "Arn"]}
    (statement,) = resources["MailEventsQueuePolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "events.amazonaws.com"}
    assert "MailEventsRule" in json.dumps(statement["Condition"])


def test_bounces_and_complaints_are_published(package: Package) -> None:
    to_bus = package.template()["Resources"]["MailEventsToBus"]["Properties"]
    assert to_bus["ConfigurationSetName"] == {"Ref": "MailEvents"}
    told = to_bus["EventDestination"]
    assert told["Enabled"] is True
    assert {"bounce", "complaint", "reject", "deliveryDelay"} == set(told["MatchingEventTypes"])
    assert "EventBridgeDestination" in told


def test_an_event_that_comes_before_the_record_waits_longer_than_a_lease(package: Package) -> None:
    queue = of_type(package, "AWS::SQS::Queue")["MailEventsQueue"]["Properties"]
    assert queue["VisibilityTimeout"] > 120


def test_a_mail_domain_is_set_up_only_where_one_is_named(package: Package) -> None:
    template = package.template()
    assert template["Resources"]["MailIdentity"]["Condition"] == "HasMailDomain"
    keys = [each for name, each in template["Outputs"].items() if name.startswith("MailKey")]
    assert [each["Condition"] for each in keys] == ["HasMailKeys"] * 3


def test_the_local_cloud_asks_other_questions_and_aws_is_answered_narrowly(
    package: Package,
) -> None:
    local = localised(package.template(), {"Bucket": "b", "Key": "k"})
    (policy,) = local["Resources"]["SendMailRole"]["Properties"]["Policies"]
    here = {s["Sid"]: s for s in policy["PolicyDocument"]["Statement"]}
    assert here["Mail"]["Resource"] == ["*"]
    assert "*" not in of_role(package, "SendMailRole")["Mail"]["Resource"]
    for role in of_type(package, "AWS::IAM::Role"):
        for statement in of_role(package, role).values():
            assert "sqs:SendMessageBatch" not in statement["Action"], "no action of AWS"
