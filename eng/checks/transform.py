"""Applies the SAM transform to a template, unresolved and for each variant of its parameters.

    transform.py TEMPLATE VARIANTS FOLDER

writes FOLDER/transformed.json, the template that SAM passes to CloudFormation, and for each variant FOLDER/variants/<name>.json,
in which conditions and parameters are resolved, for rules that do not support Fn::If. The transform is AWS's
(aws-sam-translator, which is installed with cfn-lint).
"""
import json
import pathlib
import re
import sys

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

REGION = "us-east-1"
PSEUDO_PARAMETERS = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::StackName": "analytics",
    "AWS::URLSuffix": "amazonaws.com",
}
NO_VALUE = object()


class Session:
    """The part of a boto3 session that the translator uses."""

    region_name = REGION


def parameter_values(template, given):
    """Returns the values of parameters and pseudo parameters by name."""
    unknown = given.keys() - template["Parameters"].keys()
    if unknown:
        raise SystemExit(f"transform.py: the template has no parameter {', '.join(sorted(unknown))}")
    values = dict(PSEUDO_PARAMETERS)
    for name, parameter in template["Parameters"].items():
        value = given.get(name, parameter["Default"])
        if parameter["Type"] == "Number":
            value = int(value)
        values[name] = value
    return values


def select(arguments, template, values):
    index, items = resolve(arguments, template, values)
    return items[int(index)]


def split(arguments, template, values):
    separator, text = resolve(arguments, template, values)
    return text.split(separator) if isinstance(text, str) else {"Fn::Split": [separator, text]}


def holds(condition, template, values):
    (function, arguments), = condition.items()
    if function == "Condition":
        return holds(template["Conditions"][arguments], template, values)
    if function == "Fn::Equals":
        left, right = (resolve(argument, template, values) for argument in arguments)
        return str(left) == str(right)
    if function == "Fn::Not":
        return not holds(arguments[0], template, values)
    if function == "Fn::And":
        return all(holds(argument, template, values) for argument in arguments)
    if function == "Fn::Or":
        return any(holds(argument, template, values) for argument in arguments)
    raise SystemExit(f"transform.py: no condition function {function}")


def joined(text, values):
    """Converts the text of a Fn::Sub to the equivalent Fn::Join, which more rules support."""
    parts = []
    for literal, name in re.findall(r"([^$]+|\$(?!\{))|\$\{([^}]+)\}", text):
        if not name or name.startswith("!"):
            parts.append(literal or f"${{{name[1:]}}}")
        elif name in values:
            parts.append(str(values[name]))
        else:
            parts.append({"Fn::GetAtt": name.split(".", 1)} if "." in name else {"Ref": name})
    texts = [part for part in parts if isinstance(part, str)]
    return "".join(texts) if len(texts) == len(parts) else {"Fn::Join": ["", parts]}


def resolve(node, template, values):
    if isinstance(node, list):
        return [item for item in (resolve(item, template, values) for item in node) if item is not NO_VALUE]
    if not isinstance(node, dict):
        return node
    if node == {"Ref": "AWS::NoValue"}:
        return NO_VALUE
    if node.keys() == {"Ref"} and node["Ref"] in values:
        return values[node["Ref"]]
    if node.keys() == {"Fn::If"}:
        condition, then, otherwise = node["Fn::If"]
        chosen = then if holds({"Condition": condition}, template, values) else otherwise
        return resolve(chosen, template, values)
    if node.keys() == {"Fn::Sub"} and isinstance(node["Fn::Sub"], str):
        return joined(node["Fn::Sub"], values)
    if node.keys() == {"Fn::Select"}:
        return select(node["Fn::Select"], template, values)
    if node.keys() == {"Fn::Split"}:
        return split(node["Fn::Split"], template, values)
    resolved = ((key, resolve(value, template, values)) for key, value in node.items())
    return {key: value for key, value in resolved if value is not NO_VALUE}


def transform(text):
    """Returns the template that SAM passes to CloudFormation."""
    template = yaml_parse(text)
    template["Globals"]["Function"]["CodeUri"] = "s3://code/functions.zip"
    translator = Translator(None, Parser(), boto_session=Session())
    transformed = translator.translate(template, {name: parameter["Default"] for name, parameter in template["Parameters"].items()})
    translator.metrics.publish()
    return transformed


def variant(template, given):
    """Returns the resources that CloudFormation creates with the given parameters."""
    values = parameter_values(template, given)
    resources = {
        name: resolve(resource, template, values)
        for name, resource in template["Resources"].items()
        if "Condition" not in resource or holds({"Condition": resource["Condition"]}, template, values)
    }
    for resource in resources.values():
        resource.pop("Condition", None)
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}


def main(template_file, variants_file, folder):
    template = transform(pathlib.Path(template_file).read_text(encoding="utf-8"))
    variants = json.loads(pathlib.Path(variants_file).read_text(encoding="utf-8"))
    folder = pathlib.Path(folder)
    (folder / "variants").mkdir(parents=True, exist_ok=True)
    (folder / "transformed.json").write_text(json.dumps(template, indent=2), encoding="utf-8")
    for name, given in variants.items():
        (folder / "variants" / f"{name}.json").write_text(json.dumps(variant(template, given), indent=2), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
