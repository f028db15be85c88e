"""The merged template: valid, the least it needs, and the same keys as the code's."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chalicelib.store.tables import INDEXES, KEYS
from infra.artefacts import ROOT, Package
from infra.deploy import expiring_tables
from infra.local_template import gateway_answers, localised

Resource = dict[str, Any]


def of_type(package: Package, kind: str) -> dict[str, Resource]:
    """Every resource of a type by logical id."""
    resources = package.template()["Resources"]
    return {name: each for name, each in resources.items() if each["Type"] == kind}


def policy_statements(package: Package) -> Iterator[tuple[str, Resource]]:
    """Every statement of every role, with the role's logical id."""
    for name, role in of_type(package, "AWS::IAM::Role").items():
        for policy in role["Properties"]["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                yield name, statement


def tables(package: Package) -> dict[str, Resource]:
    """The properties of every table by the noun in its name."""
    found = of_type(package, "AWS::DynamoDB::Table").values()
    described = [each["Properties"] for each in found]
    return {each["TableName"]["Fn::Sub"].partition("}-")[2]: each for each in described}


def keys(schema: list[dict[str, str]]) -> tuple[str, ...]:
    """The attribute names of a key, the partition's first."""
    return tuple(each["AttributeName"] for each in schema)


def test_cloudformation_accepts_it(package: Package) -> None:
    lint = Path(sys.executable).parent / "cfn-lint"
    template = package.folder / "template.json"
    done = subprocess.run(
        [lint, "--non-zero-exit-code", "error", "--", template],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert "E" not in {line[:1] for line in done.stdout.splitlines()}, done.stdout


def test_no_role_may_touch_everything(package: Package) -> None:
    for role, statement in policy_statements(package):
        if statement["Sid"] == "Sms":  # a phone has no ARN: all that is no topic
            assert statement["Action"] == ["sns:Publish"]
            assert "Resource" not in statement
            continue
        resources = statement["Resource"]
        assert isinstance(resources, list), (role, statement["Sid"])
        assert "*" not in resources, (role, statement["Sid"])
        assert not [action for action in statement["Action"] if "*" in action], role


def test_every_function_has_a_role_of_its_own(package: Package) -> None:
    functions = of_type(package, "AWS::Serverless::Function")
    roles = [each["Properties"]["Role"]["Fn::GetAtt"][0] for each in functions.values()]
    assert len(set(roles)) == len(functions)


def test_tables_have_the_keys_that_the_store_uses(package: Package) -> None:
    described = tables(package)
    for noun, key in KEYS.items():
        assert keys(described[noun]["KeySchema"]) == key


def test_cards_have_the_indexes_that_the_store_uses(package: Package) -> None:
    indexes = tables(package)["cards"]["GlobalSecondaryIndexes"]
    assert {each["IndexName"]: keys(each["KeySchema"]) for each in indexes} == dict(INDEXES)


def test_every_table_is_protected_and_charged_by_use(package: Package) -> None:
    for noun, table in tables(package).items():
        assert table["BillingMode"] == "PAY_PER_REQUEST", noun
        assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"], noun
        assert table["SSESpecification"]["SSEEnabled"], noun
        assert table["DeletionProtectionEnabled"] == {"Fn::If": ["OnAws", True, False]}, noun


def test_what_may_vanish_has_an_expiry(package: Package) -> None:
    expiring = dict(expiring_tables(package.template()))
    assert set(expiring) == {
        *("CardsTable", "ResidentsTable", "ConversationsTable", "GuardsTable"),
        "RepairWorksTable",
    }
    assert set(expiring.values()) == {"expires_at"}


def test_every_queue_that_a_function_reads_has_a_dead_letter_queue(package: Package) -> None:
    read = {
        event["Properties"]["Queue"]["Fn::Sub"].removeprefix("${").removesuffix(".Arn}")
        for function in of_type(package, "AWS::Serverless::Function").values()
        for event in function["Properties"].get("Events", {}).values()
        if event["Type"] == "SQS"
    }
    queues = of_type(package, "AWS::SQS::Queue")
    assert read
    for name in read:
        assert queues[name]["Properties"]["RedrivePolicy"]["maxReceiveCount"] >= 3


def test_every_function_and_dead_letter_queue_is_watched(package: Package) -> None:
    alarms = of_type(package, "AWS::CloudWatch::Alarm")
    watched = json.dumps([each["Properties"]["Dimensions"] for each in alarms.values()])
    functions = of_type(package, "AWS::Serverless::Function")
    dead = [name for name in of_type(package, "AWS::SQS::Queue") if name.endswith("DeadQueue")]
    for name in [*functions, *dead]:
        assert f'"{name}"' in watched, name


def test_buckets_are_private_and_encrypted(package: Package) -> None:
    for name, bucket in of_type(package, "AWS::S3::Bucket").items():
        blocked = bucket["Properties"]["PublicAccessBlockConfiguration"]
        assert all(blocked.values()), name
        assert len(blocked) == 4, name
        assert "BucketEncryption" in bucket["Properties"], name


def test_every_function_is_given_every_setting(package: Package) -> None:
    given = package.template()["Globals"]["Function"]["Environment"]["Variables"]
    wanted = {"CITY", "STAGE", "TABLE_PREFIX", "EVIDENCE_BUCKET", "SECRET_ARN", "SITE_URL"}
    assert wanted <= set(given)


def test_time_travel_is_for_rehearsals_only(package: Package) -> None:
    template = package.template()
    given = template["Globals"]["Function"]["Environment"]["Variables"]["ALLOW_TIME_TRAVEL"]
    assert given == {"Fn::If": ["Rehearsing", "1", ""]}
    production = {"Fn::Equals": [{"Ref": "Stage"}, "production"]}
    assert template["Conditions"]["Rehearsing"] == {"Fn::Not": [production]}


def test_refusals_of_the_gateway_are_problem_documents(package: Package) -> None:
    answers = gateway_answers(package.template())
    assert {"UNAUTHORIZED", "ACCESS_DENIED", "MISSING_AUTHENTICATION_TOKEN"} <= set(answers)
    for kind, answer in answers.items():
        said = json.loads(answer["responseTemplates"]["application/json"])
        assert said["status"] == answer.get("statusCode", said["status"]), kind
        kinds = answer["responseParameters"]["gatewayresponse.header.Content-Type"]
        assert kinds == "'application/problem+json'", kind


def test_the_local_cloud_is_given_the_same_functions_without_the_layer(package: Package) -> None:
    code = {"Bucket": "artefacts", "Key": "code.zip"}
    template = package.template()
    local = localised(template, code)
    assert template == package.template(), "the package's own template is left as it is"
    left_out = {"Packages", "WebsocketAPIDeployment"}
    assert set(template["Resources"]) - set(local["Resources"]) == left_out
    for name in of_type(package, "AWS::Serverless::Function"):
        assert local["Resources"][name]["Properties"]["CodeUri"] == code


def test_consoles_knock_at_the_same_address_in_both_clouds(package: Package) -> None:
    for template in (package.template(), localised(package.template(), {})):
        stage = template["Resources"]["WebsocketAPIStage"]["Properties"]
        assert stage["StageName"] == "ws"
        endpoints = template["Globals"]["Function"]["Environment"]["Variables"]["SOCKETS_ENDPOINT"]
        for endpoint in endpoints["Fn::If"][1:]:
            assert endpoint["Fn::Sub"].endswith("/ws")
        front = template["Resources"]["Front"]["Properties"]["DistributionConfig"]
        (behaviour,) = [b for b in front["CacheBehaviors"] if b["PathPattern"] == "/ws"]
        assert behaviour["TargetOriginId"] == "sockets"


def test_every_function_of_the_package_has_a_policy_file() -> None:
    config = json.loads((ROOT / ".chalice" / "config.json").read_text())
    functions = config["stages"]["city"]["lambda_functions"]
    named = {each["iam_policy_file"] for each in functions.values()}
    assert named == {path.name for path in (ROOT / ".chalice").glob("policy-*.json")}
