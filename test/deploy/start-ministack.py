"""MiniStack 1.5.33, made as strict as AWS where this test depends on it. Each change is in memory, and stands below with what AWS does."""

import os
import sys

import ministack.core.iam_actions as iam_actions
import ministack.core.iam_evaluator as iam
import ministack.services.cloudformation as cloudformation
import ministack.services.cloudformation.provisioners as provisioners
import ministack.services.lambda_svc as lambda_svc
import ministack.services.s3 as s3
import ministack.services.secretsmanager as secrets


def run_lanes_side_by_side():
    """A FIFO event source with batches of one runs as many groups at once as its maximum concurrency says; SQS keeps each in order."""
    original = lambda_svc._sqs_esm_concurrency

    def concurrency(esm, func_rec, config, queue=None):
        if (queue or {}).get("is_fifo") and esm.get("BatchSize") == 1:
            return (esm.get("ScalingConfig") or {}).get("MaximumConcurrency") or 10
        return original(esm, func_rec, config, queue)

    lambda_svc._sqs_esm_concurrency = concurrency


def name_secrets_by_arn():
    """`Ref` of a secret is its ARN, which is what policies name; and a secret whose name is taken, as by one that a stack left, is not made."""
    handlers = provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]
    create, update, delete = handlers["create"], handlers["update"], handlers["delete"]

    def name_of(arn):
        return next((name for name, secret in secrets._secrets.items() if secret["ARN"] == arn), arn)

    def create_under_free_name(logical_id, props, stack_name):
        if props.get("Name") in secrets._secrets:
            raise ValueError(f"the secret {props['Name']} already exists (Service: AWSSecretsManager; Status Code: 400)")
        _, attributes = create(logical_id, props, stack_name)
        return attributes["Arn"], attributes

    def update_by_arn(arn, *args, **kwargs):
        _, attributes = update(name_of(arn), *args, **kwargs)
        return attributes["Arn"], attributes

    handlers["create"] = create_under_free_name
    handlers["update"] = update_by_arn
    handlers["delete"] = lambda arn, props: delete(name_of(arn), props)


def name_apis_by_an_address():
    """The endpoint of an API is an address that answers: the name that it would have, `<id>.execute-api.127.0.0.1`, is none that a URL may have."""
    handlers = provisioners._RESOURCE_HANDLERS["AWS::ApiGatewayV2::Api"]

    def with_address(act):
        def acted(*args, **kwargs):
            api_id, attributes = act(*args, **kwargs)
            port = os.environ["GATEWAY_PORT"]
            return api_id, {**attributes, "ApiEndpoint": f"http://127.0.0.1:{port}/_aws/execute-api/{api_id}/$default"}

        return acted

    handlers.update({name: with_address(handlers[name]) for name in ("create", "update")})


def know_stacks_by_their_ids():
    """A stack that is asked for by name is authorized as what it is, the ARN with its id; here it has a `*` for the id, which no policy of one stack names."""
    original = iam_actions.extract_resource_arn

    def extract(service, *args, **kwargs):
        arn = original(service, *args, **kwargs)
        if service == "cloudformation" and arn.endswith("/*"):
            stack = cloudformation._stacks.get(arn.split("/")[1])
            return arn if stack is None else stack["StackId"]
        return arn

    iam_actions.extract_resource_arn = extract


def lock_objects_as_templates_say():
    """Its buckets lock objects by API, and not by template: what the template says of it is put there."""
    handlers = provisioners._RESOURCE_HANDLERS["AWS::S3::Bucket"]
    original = handlers["create"]

    def create(logical_id, props, stack_name):
        name, attributes = original(logical_id, props, stack_name)
        if props.get("ObjectLockEnabled") in (True, "true"):
            rule = (props.get("ObjectLockConfiguration") or {}).get("Rule") or {}
            s3._bucket_object_lock[name] = {"enabled": True, "default_retention": rule.get("DefaultRetention")}
        return name, attributes

    handlers["create"] = create


def take_requests_for_encrypted():
    """Nothing leaves this machine, so the policies that refuse requests without TLS see them as having it."""
    original = iam.pin_request_origin
    iam.pin_request_origin = lambda source_ip, _secure: original(source_ip, True)


def take_alarms_on_math():
    """Its templates have no alarms on metric math. They are taken and not made; their maths is tested on the template."""
    handlers = provisioners._RESOURCE_HANDLERS["AWS::CloudWatch::Alarm"]
    originals = {name: handlers[name] for name in ("create", "update", "delete")}

    def create(logical_id, props, stack_name):
        if "Metrics" in props:
            return f"{stack_name}-{logical_id}-math", {}
        return originals["create"](logical_id, props, stack_name)

    def update(physical_id, *args, **kwargs):
        if physical_id.endswith("-math"):
            return physical_id, {}
        return originals["update"](physical_id, *args, **kwargs)

    def delete(physical_id, props):
        if not physical_id.endswith("-math"):
            originals["delete"](physical_id, props)

    handlers.update(create=create, update=update, delete=delete)


run_lanes_side_by_side()
take_alarms_on_math()
name_secrets_by_arn()
name_apis_by_an_address()
know_stacks_by_their_ids()
lock_objects_as_templates_say()
take_requests_for_encrypted()

import ministack.app as app  # noqa: E402  after the changes: it takes some of these functions by name

sys.argv = ["ministack"]
app.main()
