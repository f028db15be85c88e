"""Deploy a city: `python -m infra.deploy --city … --stage …` to AWS.

The local cloud uses the same steps (`Deployment`) with an adapted template.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from infra import build, site_upload
from infra.artefacts import Package
from infra.progress import give_up, step
from infra.stack import Cloud, Stack, StackFailed

Template = dict[str, Any]


@dataclass(frozen=True)
class Deployment:
    """One city's stack and the bucket that its artefacts are put into."""

    stack: Stack
    artefacts: str

    @property
    def cloud(self) -> Cloud:
        """Where it is deployed."""
        return self.stack.cloud

    def ensure_bucket(self) -> None:
        """Make the private bucket for artefacts unless it is there."""
        s3 = self.cloud.client("s3")
        try:
            s3.head_bucket(Bucket=self.artefacts)
        except ClientError:
            place = {"LocationConstraint": self.cloud.region}
            s3.create_bucket(Bucket=self.artefacts, CreateBucketConfiguration=place)
            s3.put_public_access_block(
                Bucket=self.artefacts,
                PublicAccessBlockConfiguration={
                    "BlockPublicAcls": True,
                    "BlockPublicPolicy": True,
                    "IgnorePublicAcls": True,
                    "RestrictPublicBuckets": True,
                },
            )

    def send(self, key: str, body: bytes) -> dict[str, str]:
        """Put an artefact under a name made of its content; what is there is not sent again."""
        s3 = self.cloud.client("s3")
        try:
            s3.head_object(Bucket=self.artefacts, Key=key)
        except ClientError:
            s3.put_object(Bucket=self.artefacts, Key=key, Body=body)
        return {"Bucket": self.artefacts, "Key": key}

    def apply(self, template: Template, digest: str, parameters: dict[str, str]) -> None:
        """Create or change the stack from this template; raise StackFailed."""
        key = f"template-{digest}.json"
        self.send(key, json.dumps(template, ensure_ascii=False).encode())
        host = self.cloud.endpoint or f"https://s3.{self.cloud.region}.amazonaws.com"
        self.stack.apply(f"{host}/{self.artefacts}/{key}", parameters)

    def publish(self, site: Path) -> int:
        """Upload the website and forget cached pages; return how many files were sent."""
        outputs = self.stack.outputs()
        sent = site_upload.upload(self.cloud.client("s3"), outputs["SiteBucket"], site)
        if sent and self.cloud.endpoint is None:
            paths = ["/", "/uk/*", "/en/*", "/console/*"]
            self.cloud.client("cloudfront").create_invalidation(
                DistributionId=outputs["FrontId"],
                InvalidationBatch={
                    "Paths": {"Quantity": len(paths), "Items": paths},
                    "CallerReference": site_upload.reference(site),
                },
            )
        return sent


def expiring_tables(template: Template) -> Iterator[tuple[str, str]]:
    """The logical id and TTL attribute of every table whose items vanish by themselves."""
    for name, resource in template["Resources"].items():
        expiry = resource.get("Properties", {}).get("TimeToLiveSpecification")
        if resource["Type"] == "AWS::DynamoDB::Table" and expiry:
            yield name, expiry["AttributeName"]


def stack_name(city: str) -> str:
    """The stack of a city."""
    return f"contact-centre-{city}"


def aws_template(package: Package, deployment: Deployment) -> Template:
    """The template with the uploaded code and layer in it."""
    template = package.template()
    layer = build.layer_zip()
    sent_code = deployment.send(f"code-{package.digest}.zip", package.code_zip.read_bytes())
    sent_layer = deployment.send(f"{layer.stem}.zip", layer.read_bytes())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = sent_code
        elif resource["Type"] == "AWS::Serverless::LayerVersion":
            resource["Properties"]["ContentUri"] = sent_layer
    return template


def to_aws(arguments: argparse.Namespace) -> None:
    """Package, deploy and publish one city to the account of the caller's credentials."""
    if not build.is_like_lambda():
        print("  The layer is made of the Lambda's own wheels, not of this machine's.")
    cloud = Cloud(arguments.region)
    account = cloud.client("sts").get_caller_identity()["Account"]
    suffix = "" if arguments.stage == "production" else f"-{arguments.stage}"
    stack = Stack(cloud, stack_name(arguments.city) + suffix)
    deployment = Deployment(stack, f"contact-centre-artefacts-{account}-{arguments.region}")
    with step("Website built"):
        site = build.website(arguments.city)
    with step("Functions packaged"):
        package = build.code()
    with step("Artefacts sent"):
        deployment.ensure_bucket()
        template = aws_template(package, deployment)
    with step(f"Stack {stack.name}"):
        _apply_with_origin(deployment, template, package.digest, _parameters(arguments, site))
    with step("Website published") as said:
        said.detail = f"{deployment.publish(site)} files"
    print(f"\n  {_origin(arguments, stack)}")


def _parameters(arguments: argparse.Namespace, site: Path) -> dict[str, str]:
    return {
        "City": arguments.city,
        "Stage": arguments.stage,
        "Domain": arguments.domain,
        "CertificateArn": arguments.certificate,
        "AlarmEmail": arguments.alarm_email,
        "MailFrom": arguments.mail_from,
        "MailDomain": arguments.mail_domain,
        "SmsUrl": arguments.sms_url,
        "SmsSender": arguments.sms_sender,
        **site_upload.front_parameters(site),
    }


def _apply_with_origin(
    deployment: Deployment, template: Template, digest: str, parameters: dict[str, str]
) -> None:
    # The functions must know their public origin, but the distribution that gives the default one
    # depends on the functions: without a domain a new stack is applied twice.
    known = parameters["Domain"] or (
        deployment.stack.outputs().get("FrontDomain", "") if deployment.stack.status() else ""
    )
    origin = f"https://{known}" if known else ""
    try:
        deployment.apply(template, digest, {**parameters, "SiteUrl": origin})
        if not origin:
            origin = f"https://{deployment.stack.outputs()['FrontDomain']}"
            deployment.apply(template, digest, {**parameters, "SiteUrl": origin})
    except StackFailed as failure:
        give_up(f"The stack was not deployed: {failure}")


def _origin(arguments: argparse.Namespace, stack: Stack) -> str:
    return f"https://{arguments.domain or stack.outputs()['FrontDomain']}/"


def main() -> None:
    """Read the command line and deploy to AWS."""
    parser = argparse.ArgumentParser(description="Deploy one city to AWS.")
    parser.add_argument("--city", required=True)
    parser.add_argument("--stage", choices=["production", "staging"], required=True)
    parser.add_argument("--region", default="eu-central-1")
    parser.add_argument("--domain", default="", help="the city's host name")
    parser.add_argument("--certificate", default="", help="ARN of its certificate in us-east-1")
    parser.add_argument("--alarm-email", default="")
    parser.add_argument("--mail-from", default="", help="who letters come from, if not the centre")
    parser.add_argument("--mail-domain", default="", help="the domain to set up in SES")
    parser.add_argument("--sms-url", default="", help="a country's SMS gateway, if not SNS")
    parser.add_argument("--sms-sender", default="", help="the registered name that phones show")
    to_aws(parser.parse_args())


if __name__ == "__main__":
    main()
