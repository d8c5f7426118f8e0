"""What the API of accounts accepts and shows."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts import identifiers, queries, roles
from accounts.countries import COUNTRIES
from accounts.models import (
    City,
    Industry,
    Invitation,
    Kind,
    Membership,
    Organization,
    Person,
    Size,
    User,
    Verification,
)
from foundation.core.errors import DomainError
from foundation.core.serializers import ModelSerializer, Serializer, TextField

REGISTRABLE = [k for k in Kind.choices if k[0] not in ("person", "administration")]


LONGEST_CODE = 6


class Code(serializers.SlugRelatedField):
    """A row of a reference table by its code."""

    def __init__(self, **kwargs):
        super().__init__(slug_field="code", **kwargs)

    def to_internal_value(self, data):
        if not isinstance(data, str) or not data.isalnum() or len(data) > LONGEST_CODE:
            self.fail("invalid")
        return super().to_internal_value(data)


class TokenRequest(Serializer):
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=128, trim_whitespace=False)
    code = serializers.CharField(max_length=32, required=False, default="", allow_blank=True)


class TokenAnswer(serializers.Serializer):
    token = serializers.CharField(read_only=True)
    expires_at = serializers.DateTimeField(read_only=True)


class CityShown(serializers.ModelSerializer):
    class Meta:
        model = City
        fields = ["code", "name_zh", "name_en"]
        read_only_fields = fields


class IndustryShown(serializers.ModelSerializer):
    parent = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Industry
        fields = ["code", "name_zh", "name_en", "parent"]
        read_only_fields = fields


class OrganizationShown(serializers.ModelSerializer):
    """What everybody may see of an organization."""

    city = serializers.SlugRelatedField(slug_field="code", read_only=True)
    industry = serializers.SlugRelatedField(slug_field="code", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Organization
        fields = [
            "public_id",
            "kind",
            "name",
            "name_en",
            "uscc",
            "country",
            "city",
            "industry",
            "size",
            "state",
            "url",
        ]
        read_only_fields = fields


class OwnOrganizationShown(OrganizationShown):
    """What members see of their own organization."""

    class Meta(OrganizationShown.Meta):
        fields = [
            *OrganizationShown.Meta.fields,
            "foreign_registration",
            "legal_representative",
            "is_state_owned",
            "address",
            "contact_email",
            "contact_phone",
            "verified_until",
        ]
        read_only_fields = fields


class Details(Serializer):
    """What no review depends on."""

    name_en = TextField(max_length=200, required=False, allow_blank=True)
    city = Code(queryset=queries.cities(), required=False, allow_null=True)
    industry = Code(queryset=queries.industries(), required=False, allow_null=True)
    size = serializers.ChoiceField(choices=Size.choices, required=False, allow_blank=True)
    is_state_owned = serializers.BooleanField(required=False)
    address = TextField(max_length=200, required=False, allow_blank=True)
    contact_email = serializers.EmailField(max_length=254, required=False, allow_blank=True)
    contact_phone = serializers.RegexField(r"^[0-9 +()-]{0,30}$", required=False, allow_blank=True)


class Registration(Details):
    """Register an organization: a code for domestic ones, number and country for foreign ones."""

    kind = serializers.ChoiceField(choices=REGISTRABLE)
    name = TextField(max_length=200)
    uscc = TextField(max_length=60, required=False, identifier=True)
    foreign_registration = TextField(max_length=60, required=False, identifier=True)
    country = serializers.ChoiceField(choices=COUNTRIES, required=False)
    legal_representative = TextField(max_length=80, required=False, allow_blank=True)

    def validate(self, attrs):
        foreign = attrs["kind"] == Kind.FOREIGN_COMPANY
        needed = ("foreign_registration", "country") if foreign else ("uscc", "city")
        for name in needed:
            if not attrs.get(name):
                raise serializers.ValidationError({name: _("This field is required.")})
        if not foreign:
            try:
                identifiers.parse_uscc(attrs["uscc"])
            except DomainError as error:
                raise serializers.ValidationError({"uscc": error.sentence}, error.code) from error
        return attrs


class PersonRegistration(Serializer):
    name = TextField(max_length=80)
    document_kind = serializers.ChoiceField(choices=Person.Document.choices)
    document_number = TextField(max_length=60, identifier=True)
    city = Code(queryset=queries.cities())


class MembershipShown(serializers.ModelSerializer):
    """For whom a user acts, and what the role lets them do."""

    organization = OrganizationShown(read_only=True)
    city = serializers.SlugRelatedField(slug_field="code", read_only=True)
    capabilities = serializers.SerializerMethodField()

    class Meta:
        model = Membership
        fields = ["id", "organization", "role", "city", "capabilities"]
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_capabilities(self, obj):
        return sorted(roles.ROLES[obj.role].may)


class Me(ModelSerializer):
    name = TextField(max_length=80, required=False, allow_blank=True)

    class Meta:
        model = User
        fields = ["id", "email", "name", "language", "theme"]
        read_only_fields = ["id", "email"]


class MeShown(serializers.ModelSerializer):
    memberships = MembershipShown(many=True, read_only=True, source="active_memberships")

    class Meta:
        model = User
        fields = ["id", "email", "name", "language", "theme", "memberships"]
        read_only_fields = fields


class MemberShown(serializers.ModelSerializer):
    """A member as colleagues see them."""

    name = serializers.CharField(source="user.name", read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True)
    city = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "name", "email", "role", "city", "is_active"]
        read_only_fields = fields


class RoleChange(Serializer):
    role = serializers.ChoiceField(choices=roles.CHOICES, required=False)
    city = Code(queryset=queries.cities(), required=False, allow_null=True)
    is_active = serializers.BooleanField(required=False)


class InvitationRequest(Serializer):
    email = serializers.EmailField(max_length=254)
    role = serializers.ChoiceField(choices=roles.CHOICES)
    city = Code(queryset=queries.cities(), required=False, allow_null=True)
    language = serializers.ChoiceField(choices=User.Language.choices, required=False)


class InvitationShown(serializers.ModelSerializer):
    class Meta:
        model = Invitation
        fields = ["id", "email", "role", "expires_at", "created_at"]
        read_only_fields = fields


class VerificationRequest(Serializer):
    """`group_head`: the credit code of the organization at the head of the group of affiliates, if there is one.
    `legal_representative`: who represents a legal person; needed where it was not named yet.
    """

    statement = TextField(multiline=True, max_length=1000, required=False, allow_blank=True)
    group_head = TextField(max_length=60, identifier=True, required=False, allow_blank=True)
    legal_representative = TextField(max_length=80, required=False, allow_blank=True)


class VerificationShown(serializers.ModelSerializer):
    organization = serializers.SlugRelatedField(slug_field="public_id", read_only=True)
    group_head = serializers.SlugRelatedField(slug_field="public_id", read_only=True, allow_null=True)

    class Meta:
        model = Verification
        fields = [
            "id",
            "organization",
            "submitted_at",
            "group_head",
            "facts",
            "review_number",
            "outcome",
            "reason",
            "decided_at",
        ]
        read_only_fields = fields
