"""How every Django form is drawn: in all doors the same markup, so that a form is right by being a form."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Forms and fields through `ui/form/`, widgets through Django's own templates."""

    form_template_name = "ui/form/form.html"
    field_template_name = "ui/form/field.html"
    formset_template_name = "ui/form/formset.html"
