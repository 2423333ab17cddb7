// How the user is asked for a command's arguments.

import { Action, ActionPanel, Form, Icon, useNavigation } from '@raycast/api';
import type { RemoteCommand } from '@voiceinput/client';
import { useState } from 'react';
import { argumentsOf, complaintAbout, fieldsOf } from './fields.ts';
import type { Field, Written } from './fields.ts';

interface CommandFormProps {
  readonly command: RemoteCommand;
  /** Gives whether it was done. */
  run(args: Readonly<Record<string, unknown>>): Promise<boolean>;
}

export function CommandForm({ command, run }: CommandFormProps) {
  const { pop } = useNavigation();
  const [complaints, setComplaints] = useState<Readonly<Record<string, string | undefined>>>({});
  const fields = fieldsOf(command.arguments);

  const submit = async (values: Form.Values) => {
    const given = values as Written;
    const found = fields.map((field) => [field.name, complaintAbout(field, given[field.name])] as const);
    setComplaints(Object.fromEntries(found));
    if (found.some(([, complaint]) => complaint !== undefined)) return;
    if (await run(argumentsOf(fields, given))) pop();
  };

  return (
    <Form
      navigationTitle={command.title}
      actions={
        <ActionPanel>
          <Action.SubmitForm title="Run" icon={Icon.Play} onSubmit={(values: Form.Values) => void submit(values)} />
        </ActionPanel>
      }
    >
      {fields.map((field) => (
        <FieldOf key={field.name} field={field} complaint={complaints[field.name]} />
      ))}
    </Form>
  );
}

function FieldOf({ field, complaint }: { readonly field: Field; readonly complaint: string | undefined }) {
  const { name: id, kind, title, description: info, standard, choices, isRequired } = field;
  const common = { id, title, info, ...(complaint !== undefined && { error: complaint }) };
  if (kind === 'checkbox') return <Form.Checkbox {...common} label="" defaultValue={standard === 'true'} />;
  if (kind === 'choice')
    return (
      <Form.Dropdown {...common} defaultValue={standard}>
        {!isRequired && <Form.Dropdown.Item value="" title="–" />}
        {choices.map((choice) => (
          <Form.Dropdown.Item key={choice} value={choice} title={choice} />
        ))}
      </Form.Dropdown>
    );
  const placeholder = { text: '', number: '0', json: 'JSON' }[kind];
  return <Form.TextField {...common} placeholder={placeholder} defaultValue={standard} />;
}
